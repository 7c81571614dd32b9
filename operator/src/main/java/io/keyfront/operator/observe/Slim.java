package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;

/** Drops what the operator never looks at: managed fields, annotations, labels, owners. */
final class Slim {
  private Slim() {}

  /** Changes the object itself, which its informer has just read. */
  static <S, T, R extends CustomResource<S, T>> R resource(R object) {
    object.setMetadata(metadata(object.getMetadata()));
    return object;
  }

  static ObjectMeta metadata(ObjectMeta full) {
    return new ObjectMetaBuilder()
        .withNamespace(full.getNamespace() == null ? null : full.getNamespace().intern())
        .withName(full.getName())
        .withUid(full.getUid())
        .withResourceVersion(full.getResourceVersion())
        .withGeneration(full.getGeneration())
        .withCreationTimestamp(full.getCreationTimestamp())
        .withDeletionTimestamp(full.getDeletionTimestamp())
        .withFinalizers(full.getFinalizers())
        .build();
  }
}
