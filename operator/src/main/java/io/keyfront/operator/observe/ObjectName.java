package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names an object of some kind. */
public record ObjectName(String namespace, String name) {
  public static ObjectName of(HasMetadata object) {
    return new ObjectName(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /** {@code namespace/name}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
