package io.keyfront.operator.reconcile;

import io.keyfront.operator.report.Trouble;

/** The API server did not do what was asked. Says why, without any object's content. */
final class ReconcileFailed extends RuntimeException {
  private final transient Trouble trouble;

  ReconcileFailed(Trouble trouble) {
    super(trouble.sentence(), null, false, false);
    this.trouble = trouble;
  }

  static Trouble trouble(Exception failed) {
    return failed instanceof ReconcileFailed known ? known.trouble : Trouble.of(failed);
  }
}
