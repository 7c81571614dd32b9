package io.keyfront.dataplane.cluster.api;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;

/** The API server did not do what it was asked for; the message is a sentence for people. */
public final class Unanswered extends IOException {
  private static final long serialVersionUID = 1L;

  /** The least status of HTTP; the client gives smaller numbers where there was no answer. */
  private static final int FIRST_STATUS = 100;

  public Unanswered(KubernetesClientException failed) {
    super(sentence(failed), failed);
  }

  private static String sentence(KubernetesClientException failed) {
    return failed.getCode() >= FIRST_STATUS || failed.getCause() == null
        ? "The API server says: " + failed.getMessage() + " (" + failed.getCode() + ")"
        : "The API server cannot be reached: " + innermost(failed);
  }

  private static String innermost(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
