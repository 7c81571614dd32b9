package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.SecretRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which keys of which Secrets an object refers to; always of its own namespace. */
final class References {
  private References() {}

  /** One key of one Secret. */
  record Key(ObjectName secret, String key) {}

  static Set<Key> of(@Nullable HasMetadata object) {
    List<@Nullable SecretRef> refs =
        switch (object) {
          case null -> List.of();
          case MachineToken token -> of(token);
          case ProviderCredential credential -> of(credential);
          case KeyfrontSettings settings -> of(settings);
          default -> List.of();
        };
    Set<Key> keys = new HashSet<>();
    for (SecretRef ref : refs) {
      if (object != null && ref != null && ref.name() != null && ref.key() != null) {
        keys.add(
            new Key(new ObjectName(object.getMetadata().getNamespace(), ref.name()), ref.key()));
      }
    }
    return keys;
  }

  private static List<@Nullable SecretRef> of(MachineToken token) {
    return token.getSpec() == null || token.getSpec().tokenFrom() == null
        ? List.of()
        : listOf(token.getSpec().tokenFrom().secretRef());
  }

  private static List<@Nullable SecretRef> of(ProviderCredential credential) {
    if (credential.getSpec() == null || credential.getSpec().auth() == null) {
      return List.of();
    }
    var apiKey = credential.getSpec().auth().apiKey();
    return apiKey == null ? List.of() : listOf(apiKey.secretRef());
  }

  private static List<@Nullable SecretRef> of(KeyfrontSettings settings) {
    KeyfrontSettingsSpec spec = settings.getSpec();
    List<@Nullable SecretRef> refs = new ArrayList<>();
    if (spec != null) {
      KeyfrontSettingsSpec.Jwt jwt = spec.jwt();
      if (jwt != null) {
        refs.add(jwt.secretRef());
        refs.add(jwt.admin() == null ? null : jwt.admin().secretRef());
      }
      Objects.requireNonNullElse(spec.webhooks(), List.<io.keyfront.crds.WebhookSettings>of())
          .forEach(webhook -> refs.add(webhook.secretRef()));
    }
    return refs;
  }

  private static List<@Nullable SecretRef> listOf(@Nullable SecretRef ref) {
    List<@Nullable SecretRef> one = new ArrayList<>();
    one.add(ref);
    return one;
  }
}
