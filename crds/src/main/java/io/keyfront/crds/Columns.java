package io.keyfront.crds;

/** JSON paths of the columns that {@code kubectl get} prints for every kind. */
final class Columns {
  static final String READY = ".status.conditions[?(@.type==\"Ready\")].status";
  static final String STATUS = ".status.conditions[?(@.type==\"Ready\")].reason";
  static final String LOADED = ".status.loadedBy";
  static final String AGE = ".metadata.creationTimestamp";

  /** In USD, or in tokens where there is no budget in USD: a column shows the first of several. */
  static final String SPENT = ".status.budget['usd','tokens'].spent";

  static final String BUDGET = ".spec.budget['usd','tokens']";

  private Columns() {}
}
