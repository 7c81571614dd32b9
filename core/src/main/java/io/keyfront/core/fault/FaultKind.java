package io.keyfront.core.fault;

/** Whose doing a fault is. */
public enum FaultKind {
  /** The request is wrong. */
  CLIENT,
  /** The caller may not. */
  POLICY,
  /** No room now. */
  CAPACITY,
  /** The provider failed. */
  UPSTREAM,
  /** We failed. */
  INTERNAL
}
