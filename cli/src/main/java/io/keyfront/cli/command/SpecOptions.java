package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a token may be told when it is made and when it is edited. */
final class SpecOptions {
  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "What the token may use: provider:model with * and ?, a provider, or *. Repeat it for more.")
  private List<String> scopes = List.of();

  @Option(
      names = "--cidr",
      paramLabel = "BLOCK",
      description = "Addresses it may be used from, like 10.0.0.0/8. Repeat it for more.")
  private List<String> cidrs = List.of();

  @Option(names = "--note", paramLabel = "TEXT", description = "A note for people.")
  private Optional<String> note = Optional.empty();

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label. Repeat it for more.")
  private Map<String, String> labels = Map.of();

  @Mixin private LimitOptions limits = new LimitOptions();

  @ArgGroup(exclusive = true)
  private Lifetime lifetime = new Lifetime();

  /** At most one of them. */
  static final class Lifetime {
    @Option(
        names = "--ttl",
        paramLabel = "SPAN",
        description = "How long it lives from now on: 90s, 15m, 24h, 30d.")
    private Optional<String> ttl = Optional.empty();

    @Option(
        names = "--expires-at",
        paramLabel = "TIME",
        description = "When it ends, like 2027-01-31T12:00:00Z.")
    private Optional<String> expiresAt = Optional.empty();
  }

  LimitOptions limits() {
    return limits;
  }

  List<String> scopes() {
    return scopes;
  }

  boolean hasLifetime() {
    return lifetime.ttl.isPresent() || lifetime.expiresAt.isPresent();
  }

  boolean hasCidrs() {
    return !cidrs.isEmpty();
  }

  boolean hasLabels() {
    return !labels.isEmpty();
  }

  /** Writes what was said, and nothing else, as fields of a request to the admin API. */
  void write(ObjectNode body) {
    lifetime.ttl.ifPresent(text -> body.put("ttl", text));
    lifetime.expiresAt.ifPresent(text -> body.put("expiresAt", text));
    note.ifPresent(text -> body.put("note", text));
    writeList(body, "scopes", scopes);
    writeList(body, "cidrs", cidrs);
    if (hasLabels()) {
      ObjectNode object = body.putObject("labels");
      labels.forEach(object::put);
    }
    limits.write(body);
  }

  static void writeList(ObjectNode body, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      var array = body.putArray(name);
      texts.forEach(array::add);
    }
  }
}
