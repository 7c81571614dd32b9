package io.keyfront.compiler;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.TokenHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What resources come to, as the files of a golden folder. */
final class GoldenOutputs {
  private GoldenOutputs() {}

  static Map<String, String> of(GoldenInputs read) {
    Compilation compilation = Compiler.compile(read.inputs());
    Map<String, String> outputs = new TreeMap<>();
    outputs.put("out-snapshot.txt", joined(snapshot(compilation.snapshot())));
    outputs.put(
        "out-findings.txt",
        joined(
            Stream.concat(read.findings().stream(), compilation.findings().stream())
                .sorted(Finding.ORDER)
                .map(GoldenOutputs::finding)
                .toList()));
    outputs.put(
        "out-tokens.txt", joined(compilation.tokens().stream().map(GoldenOutputs::token).toList()));
    return outputs;
  }

  /** Without the providers that are as the catalog has them. */
  private static List<String> snapshot(Snapshot snapshot) {
    List<String> catalog = lines(Snapshot.EMPTY);
    return lines(snapshot).stream()
        .filter(line -> !line.startsWith("provider ") || !catalog.contains(line))
        .toList();
  }

  private static List<String> lines(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    new CanonicalForm(GoldenOutputs::fingerprint, lines::add).write(snapshot);
    return lines;
  }

  private static String fingerprint(SecretText secret) {
    return "#" + TokenHash.of(secret.reveal()).prefix();
  }

  private static String finding(Finding finding) {
    return finding.severity() + " " + finding.reason().label() + " " + finding.text();
  }

  private static String token(TokenPlan token) {
    return token.namespace()
        + "/"
        + token.name()
        + (token.revoked() ? " revoked" : "")
        + (token.adopted() ? " adopted" : "")
        + (token.needsMinting() ? " to-be-minted" : "")
        + token.createdAt().map(time -> " created=" + time).orElse("")
        + token.expiresAt().map(time -> " expires=" + time).orElse("")
        + token.secretName().map(name -> " secret=" + name).orElse("")
        + token.note().map(note -> " note='" + note + "'").orElse("")
        + (token.labels().isEmpty() ? "" : " labels=" + token.labels())
        + token.source().map(source -> " at " + source).orElse("");
  }

  private static String joined(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
