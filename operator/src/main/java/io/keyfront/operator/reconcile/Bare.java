package io.keyfront.operator.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;

/** An object that says nothing but its name and status, as server-side apply wants it. */
final class Bare {
  private Bare() {}

  static <S, T, R extends CustomResource<S, T>> R of(R bare, R whole, T status) {
    bare.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(whole.getMetadata().getNamespace())
            .withName(whole.getMetadata().getName())
            .build());
    bare.setStatus(status);
    return bare;
  }
}
