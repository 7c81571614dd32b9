package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Trouble;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why the settings of the chart's values are not in force.
 *
 * @param sentence with the names of fields and never their values, as a webhook's address is secret
 */
record SettingsRefusal(ConditionReason reason, String sentence) {
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  static final int INVALID = 422;

  /** What the API server says of a field that the type of what is applied does not have. */
  private static final int UNTYPED = 500;

  private static final Pattern UNKNOWN =
      Pattern.compile("unknown field \"([^\"]*)\"|\\.(spec[^: ]*): field not declared in schema");

  private static final int NAMED = 10;

  static SettingsRefusal unreadable() {
    return new SettingsRefusal(
        ConditionReason.INVALID,
        "The settings of the chart's values cannot be read: they must be one JSON object.");
  }

  static SettingsRefusal of(KubernetesClientException refused) {
    return switch (refused.getCode()) {
      case CONFLICT ->
          new SettingsRefusal(
              ConditionReason.CONFLICT,
              "The settings of the chart's values were not applied, as somebody else set %s: take it out of the values, or leave it to them by deleting KeyfrontSettings, which is then made anew."
                  .formatted(causes(refused, SettingsRefusal::fieldAndOwner)));
      case INVALID ->
          new SettingsRefusal(
              ConditionReason.INVALID,
              "The settings of the chart's values are refused for %s: docs/reference.md says what may stand there."
                  .formatted(causes(refused, StatusCause::getField)));
      case BAD_REQUEST, UNTYPED ->
          new SettingsRefusal(
              ConditionReason.INVALID,
              "The settings of the chart's values are refused: %s.".formatted(unknown(refused)));
      default -> {
        Trouble trouble = Trouble.of(refused);
        yield new SettingsRefusal(
            ConditionReason.of(trouble),
            "The settings of the chart's values were not applied. " + trouble.sentence());
      }
    };
  }

  private static String causes(
      KubernetesClientException refused, Function<StatusCause, @Nullable String> word) {
    Status status = refused.getStatus();
    List<StatusCause> causes =
        status == null || status.getDetails() == null ? List.of() : status.getDetails().getCauses();
    String all =
        causes.stream()
            .flatMap(cause -> Stream.ofNullable(word.apply(cause)))
            .distinct()
            .limit(NAMED)
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "a field" : all;
  }

  /** Its message names the other manager: {@code conflict with "kubectl" using …}. */
  private static String fieldAndOwner(StatusCause cause) {
    String message = Objects.requireNonNullElse(cause.getMessage(), "");
    int from = message.indexOf('"');
    int to = message.indexOf('"', from + 1);
    String owner = from < 0 || to < 0 ? "" : " (" + message.substring(from + 1, to) + ")";
    return cause.getField() + owner;
  }

  /** Nothing else is repeated of the message, as it may quote the values. */
  private static String unknown(KubernetesClientException refused) {
    Status status = refused.getStatus();
    Matcher named =
        UNKNOWN.matcher(status == null ? "" : Objects.requireNonNullElse(status.getMessage(), ""));
    return named.find()
        ? "there is no field " + Objects.requireNonNullElseGet(named.group(1), () -> named.group(2))
        : "they do not have the form of a KeyfrontSettings spec";
  }
}
