package io.keyfront.protocols.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.GoldenFolder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A case is a folder whose name begins with the protocol: {@code body.json}, what the scan says of
 * it ({@code scan.txt}), and the edited bodies where there are edits ({@code renamed.json}: to
 * {@code "new/model:1"}; {@code with-usage.json}).
 */
class BodyGoldenTest {
  private static final GoldenFolder GOLDEN = new GoldenFolder("body");
  private static final String NEW_MODEL = "new/model:1";

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bodyIsScannedAndEditedAsItsFolderSays(String name) {
    byte[] body = GOLDEN.bytes(name, "body.json");
    Protocol protocol =
        Arrays.stream(Protocol.values())
            .filter(candidate -> name.startsWith(candidate.id()))
            .max(Comparator.comparingInt(candidate -> candidate.id().length()))
            .orElseThrow();

    String told = told(protocol, body);

    assertThat(told).isEqualTo(GOLDEN.text(name, "scan.txt"));
    if (GOLDEN.has(name, "renamed.json")) {
      byte[] renamed = BodyEdits.renameModel(body, scan(protocol, body), NEW_MODEL);
      assertThat(renamed).asString().isEqualTo(GOLDEN.text(name, "renamed.json"));
    }
    if (GOLDEN.has(name, "with-usage.json")) {
      byte[] edited = BodyEdits.includeUsage(body, scan(protocol, body), "");
      assertThat(edited).asString().isEqualTo(GOLDEN.text(name, "with-usage.json"));
    }
  }

  @AfterAll
  static void noFileIsLeftOver() {
    GOLDEN.assertThatEveryFileWasRead();
  }

  private static ScannedBody scan(Protocol protocol, byte[] body) {
    return BodyScanner.scan(protocol, Operation.GENERATE, body);
  }

  private static String told(Protocol protocol, byte[] body) {
    try {
      return told(scan(protocol, body), body);
    } catch (Refused e) {
      return "refused %d %s: %s%n"
          .formatted(e.fault().status(), e.fault().code(), e.fault().message());
    }
  }

  private static String told(ScannedBody scanned, byte[] body) {
    StringBuilder text = new StringBuilder();
    scanned
        .model()
        .ifPresent(
            model ->
                text.append("model ")
                    .append(model.value())
                    .append(" at ")
                    .append(cut(body, model.span()))
                    .append('\n'));
    text.append("stream ").append(scanned.stream()).append('\n');
    scanned.maxOutput().ifPresent(most -> text.append("max output ").append(most).append('\n'));
    text.append("include usage ").append(scanned.includeUsage()).append('\n');
    scanned
        .streamOptions()
        .ifPresent(
            options ->
                text.append("stream options at ").append(cut(body, options.value())).append('\n'));
    return text.toString();
  }

  private static String cut(byte[] body, Span span) {
    return new String(body, span.start(), span.length(), StandardCharsets.UTF_8);
  }
}
