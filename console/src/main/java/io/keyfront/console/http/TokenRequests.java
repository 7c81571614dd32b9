package io.keyfront.console.http;

import io.keyfront.console.desk.Expiry;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenPatch;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.fault.FieldFault;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.crds.DurationText;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.Names;
import io.keyfront.crds.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the JSON bodies that make, change and clone tokens. */
final class TokenRequests {
  private static final int TIME_LENGTH = 64;
  private static final int LABEL_LENGTH = 63;
  private static final Pattern LABEL_KEY =
      Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final List<String> PLANNED =
      List.of("tools", "rotateBefore", "tokenFrom", "format");
  private static final List<String> CREATE_FIELDS =
      List.of(
          "name",
          "namespace",
          "scopes",
          "ttl",
          "expiresAt",
          "cidrs",
          "note",
          "labels",
          "limits",
          "budget");
  private static final List<String> PATCH_FIELDS =
      List.of("scopes", "ttl", "expiresAt", "cidrs", "note", "labels", "limits", "budget");

  private TokenRequests() {}

  /** A token to make. */
  record Create(TokenName name, TokenSpec spec, Expiry expiry) {}

  static Create create(byte[] body, Instant now) {
    JsonFields fields = JsonFields.read(body, CREATE_FIELDS, PLANNED);
    TokenName name =
        name(
            fields.text("namespace", Names.OBJECT_MAX).orElse(TokenName.DEFAULT_NAMESPACE),
            required(fields, "name"));
    Scope scope =
        scope(fields)
            .orElseThrow(
                () ->
                    new FieldFault.Invalid(
                            "scopes",
                            "Say what the token may use, like [\"anthropic:*\"] or [\"mock:*\"].")
                        .refused());
    TokenSpec spec =
        new TokenSpec(
            scope,
            cidrs(fields).orElse(CidrSet.ANY),
            note(fields).orElse(""),
            labels(fields).orElse(Map.of()),
            LimitRequests.limits(fields));
    return new Create(name, spec, expiry(fields, now).orElse(new Expiry.Never()));
  }

  static TokenPatch patch(byte[] body, Instant now) {
    JsonFields fields = JsonFields.read(body, PATCH_FIELDS, PLANNED);
    TokenPatch patch =
        new TokenPatch(
            scope(fields),
            expiry(fields, now),
            cidrs(fields),
            note(fields),
            labels(fields),
            LimitRequests.patch(fields));
    if (patch.isEmpty()) {
      throw new FieldFault.Invalid(
              "scopes", "Name at least one change: " + String.join(", ", PATCH_FIELDS) + ".")
          .refused();
    }
    return patch;
  }

  /** The name of a clone, in the namespace of the token it is made from. */
  static TokenName cloneName(byte[] body, String namespace) {
    JsonFields fields = JsonFields.read(body, List.of("name"), List.of());
    return name(namespace, required(fields, "name"));
  }

  private static String required(JsonFields fields, String name) {
    return fields
        .text(name, Names.OBJECT_MAX)
        .orElseThrow(
            () -> new FieldFault.Invalid(name, "Give the token a %s.".formatted(name)).refused());
  }

  private static TokenName name(String namespace, String name) {
    String field = TokenName.isNamespace(namespace) ? "name" : "namespace";
    return parsed(field, name, text -> new TokenName(namespace, text));
  }

  private static Optional<Scope> scope(JsonFields fields) {
    return fields
        .texts("scopes", MachineTokenSpec.SCOPE_LENGTH_MAX)
        .map(
            patterns -> {
              if (patterns.isEmpty()) {
                throw new FieldFault.Invalid(
                        "scopes",
                        "An empty scope allows nothing: name at least one, or revoke the token.")
                    .refused();
              }
              requireRight(MachineTokenSpec.opaque(patterns));
              return parsed("scopes", patterns, Scope::of);
            });
  }

  private static Optional<CidrSet> cidrs(JsonFields fields) {
    return fields.texts("cidrs", TIME_LENGTH).map(blocks -> parsed("cidrs", blocks, CidrSet::of));
  }

  private static Optional<String> note(JsonFields fields) {
    return fields.text("note", MachineTokenSpec.NOTE_MAX);
  }

  private static Optional<Map<String, String>> labels(JsonFields fields) {
    Optional<Map<String, String>> labels = fields.map("labels", LABEL_LENGTH);
    labels.ifPresent(
        map -> {
          if (map.size() > TokenSpec.LABELS
              || !map.keySet().stream().allMatch(key -> LABEL_KEY.matcher(key).matches())) {
            throw new FieldFault.Invalid(
                    "labels",
                    "At most %d labels, with keys like team or example.org/team."
                        .formatted(TokenSpec.LABELS))
                .refused();
          }
        });
    return labels;
  }

  private static Optional<Expiry> expiry(JsonFields fields, Instant now) {
    if (fields.has("ttl") && fields.has("expiresAt")) {
      throw new FieldFault.Invalid("ttl", "Give either 'ttl' or 'expiresAt', not both.").refused();
    }
    if (fields.isNull("ttl") || fields.isNull("expiresAt")) {
      return Optional.of(new Expiry.Never());
    }
    Optional<Expiry> span =
        fields
            .text("ttl", TIME_LENGTH)
            .map(text -> new Expiry.In(parsed("ttl", text, TokenRequests::span)));
    return span.or(
        () -> fields.text("expiresAt", TIME_LENGTH).map(text -> new Expiry.At(moment(text, now))));
  }

  private static Duration span(String text) {
    Duration span = DurationText.parse(text);
    if (span.isZero() || span.compareTo(MachineTokenSpec.TTL_MAX) > 0) {
      throw new IllegalArgumentException(
          "'%s' is out of range: write 1s to %dd."
              .formatted(text, MachineTokenSpec.TTL_MAX.toDays()));
    }
    return span;
  }

  private static Instant moment(String text, Instant now) {
    try {
      Instant moment = OffsetDateTime.parse(text).toInstant();
      if (moment.isAfter(now) && moment.isBefore(now.plus(MachineTokenSpec.TTL_MAX))) {
        return moment;
      }
    } catch (DateTimeException notATime) {
      // Said below, with the form that would be right.
    }
    throw new FieldFault.Invalid(
            "expiresAt",
            "'expiresAt' is a moment within the next ten years, like 2027-01-31T12:00:00Z.")
        .refused();
  }

  /** The rules of a MachineToken resource hold here too. */
  private static void requireRight(MachineTokenSpec spec) {
    for (Problem problem : spec.problems()) {
      throw new FieldFault.Invalid(problem.field(), problem.problem() + ": " + problem.fix() + ".")
          .refused();
    }
  }

  private static <T, R> R parsed(String field, T text, Function<T, R> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw new FieldFault.Invalid(field, String.valueOf(wrong.getMessage())).refused();
    }
  }
}
