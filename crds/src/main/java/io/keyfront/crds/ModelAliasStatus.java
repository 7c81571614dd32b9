package io.keyfront.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a ModelAlias.
 *
 * @param observedGeneration the generation of the spec that this speaks of
 * @param conditions {@code Ready}
 * @param loadedBy how many of the live proxies run it: {@code 3/3}
 */
public record ModelAliasStatus(
    @Min(0) @Max(StatusBounds.COUNT) @Nullable Long observedGeneration,
    @Size(max = StatusBounds.CONDITIONS) List<Condition> conditions,
    @Size(max = StatusBounds.TEXT) @Nullable String loadedBy) {

  public ModelAliasStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
