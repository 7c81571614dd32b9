package io.keyfront.operator.apply;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.observe.ObjectName;

/** Has an object reconciled soon, once, however often it is asked for. */
@FunctionalInterface
public interface Triggers {
  void reconcile(Kind kind, ObjectName name);
}
