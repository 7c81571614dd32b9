package io.keyfront.operator.report;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why the API server did not do something.
 *
 * @param word for conditions and metrics
 * @param sentence for people, without any object's content
 */
public record Trouble(Word word, String sentence) {
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;

  /** What kind of trouble it is. */
  public enum Word {
    FORBIDDEN,
    NAMESPACE_TERMINATING,
    CONFLICT,
    REFUSED,
    UNREACHABLE,
    INTERNAL
  }

  /** The server's own message may quote an object, so only its code and reason are told. */
  public static Trouble of(Throwable failed) {
    Throwable cause = failed;
    while (cause != null && !(cause instanceof KubernetesClientException)) {
      cause = cause.getCause();
    }
    if (!(cause instanceof KubernetesClientException refused)) {
      return new Trouble(
          Word.INTERNAL,
          "The operator failed by itself (" + failed.getClass().getSimpleName() + ").");
    }
    if (refused.getCode() <= 0) {
      return new Trouble(Word.UNREACHABLE, "The API server did not answer.");
    }
    if (isTerminating(refused.getStatus())) {
      return new Trouble(
          Word.NAMESPACE_TERMINATING, "The namespace is being deleted: nothing new is made there.");
    }
    return switch (refused.getCode()) {
      case FORBIDDEN ->
          new Trouble(
              Word.FORBIDDEN,
              "The API server does not allow the operator to do this: give its ServiceAccount the rights of the chart's roles.");
      case CONFLICT -> new Trouble(Word.CONFLICT, "Somebody else changed it at the same time.");
      default ->
          new Trouble(
              Word.REFUSED,
              "The API server refused it (" + refused.getCode() + " " + reason(refused) + ").");
    };
  }

  private static boolean isTerminating(@Nullable Status status) {
    if (status == null || status.getDetails() == null || status.getDetails().getCauses() == null) {
      return false;
    }
    List<StatusCause> causes = status.getDetails().getCauses();
    return causes.stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
  }

  private static String reason(KubernetesClientException refused) {
    return refused.getStatus() == null
        ? ""
        : Objects.requireNonNullElse(refused.getStatus().getReason(), "");
  }
}
