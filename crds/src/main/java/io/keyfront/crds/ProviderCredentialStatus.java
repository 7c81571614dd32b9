package io.keyfront.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a ProviderCredential. Never a key, nor a part of one.
 *
 * @param observedGeneration the generation of the spec that this speaks of
 * @param conditions {@code Ready}; {@code RenewalDue} where the key has an end
 * @param fingerprint tells two keys apart: the first 12 hexadecimal digits of an SHA-256 keyed by
 *     the resource's UID
 * @param lastRotatedTime when the fingerprint last changed, RFC 3339
 * @param expiresAt when the key ends, as {@code spec.expiresAt} says it, RFC 3339
 * @param renewalTime when it should be renewed, RFC 3339: seven days before its end, or when two
 *     thirds of its life are over, whichever is later
 * @param loadedBy how many of the live proxies run it: {@code 3/3}
 */
public record ProviderCredentialStatus(
    @Min(0) @Max(StatusBounds.COUNT) @Nullable Long observedGeneration,
    @Size(max = StatusBounds.CONDITIONS) List<Condition> conditions,
    @Size(max = StatusBounds.TEXT) @Nullable String fingerprint,
    @Size(max = StatusBounds.TEXT) @Nullable String lastRotatedTime,
    @Size(max = StatusBounds.TEXT) @Nullable String expiresAt,
    @Size(max = StatusBounds.TEXT) @Nullable String renewalTime,
    @Size(max = StatusBounds.TEXT) @Nullable String loadedBy) {

  public ProviderCredentialStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
