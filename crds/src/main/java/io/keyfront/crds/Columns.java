package io.keyfront.crds;

/** JSON paths of the columns that {@code kubectl get} prints for every kind. */
final class Columns {
  static final String READY = ".status.conditions[?(@.type==\"Ready\")].status";
  static final String STATUS = ".status.conditions[?(@.type==\"Ready\")].reason";
  static final String LOADED = ".status.loadedBy";
  static final String AGE = ".metadata.creationTimestamp";

  private Columns() {}
}
