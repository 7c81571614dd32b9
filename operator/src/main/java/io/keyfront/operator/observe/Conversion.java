package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ModelAlias;
import io.keyfront.crds.ProviderCredential;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** From objects of the API server to resources as the compiler takes them. */
public final class Conversion {
  private Conversion() {}

  /**
   * The resource; empty for one that cannot even be judged, as its definition in the cluster lets
   * through what ours does not.
   */
  public static Optional<Resource> of(HasMetadata object) {
    Optional<Resource> resource =
        switch (object) {
          case MachineToken token ->
              made(token, (metadata, spec) -> new Resource.Token(metadata, spec, Origin.NONE));
          case ProviderCredential credential ->
              made(
                  credential,
                  (metadata, spec) -> new Resource.Credential(metadata, spec, Origin.NONE));
          case ModelAlias alias ->
              made(alias, (metadata, spec) -> new Resource.Alias(metadata, spec, Origin.NONE));
          case KeyfrontSettings settings ->
              made(
                  settings, (metadata, spec) -> new Resource.Settings(metadata, spec, Origin.NONE));
          default -> Optional.empty();
        };
    return resource.filter(Conversion::canBeJudged);
  }

  private static <S, T> Optional<Resource> made(
      CustomResource<S, T> object, BiFunction<Metadata, S, Resource> make) {
    return Optional.ofNullable(object.getSpec())
        .map(spec -> make.apply(metadata(object.getMetadata()), spec));
  }

  @SuppressWarnings("PMD.AvoidCatchingGenericException")
  private static boolean canBeJudged(Resource resource) {
    try {
      resource.problems();
      return true;
    } catch (RuntimeException broken) {
      return false;
    }
  }

  private static Metadata metadata(ObjectMeta meta) {
    return new Metadata(
        meta.getNamespace(),
        meta.getName(),
        Map.of(),
        Map.of(),
        time(meta.getCreationTimestamp()),
        Optional.ofNullable(meta.getUid()));
  }

  private static Optional<Instant> time(@Nullable String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }
}
