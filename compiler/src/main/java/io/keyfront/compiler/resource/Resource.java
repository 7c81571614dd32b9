package io.keyfront.compiler.resource;

import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.core.secret.SecretText;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.ModelAliasSpec;
import io.keyfront.crds.Problem;
import io.keyfront.crds.ProviderCredentialSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One resource, as it was read. Its spec may still hold {@link #problems()}. */
public sealed interface Resource {

  Kind kind();

  Metadata metadata();

  Origin origin();

  /** What is wrong with the resource by itself; fields are paths from its top. */
  List<Problem> problems();

  /** Its kind, namespace and name. */
  default ResourceId id() {
    return new ResourceId(kind().id(), metadata().namespace(), metadata().name());
  }

  /** The API server's UID, else one made of the namespace and name. */
  default String uid() {
    return metadata()
        .uid()
        .orElseGet(() -> ResourceUid.of(kind(), metadata().namespace(), metadata().name()));
  }

  /** What the proxy presents upstream. */
  record Credential(Metadata metadata, ProviderCredentialSpec spec, Origin origin)
      implements Resource {
    @Override
    public Kind kind() {
      return Kind.PROVIDER_CREDENTIAL;
    }

    @Override
    public List<Problem> problems() {
      return underSpec(spec.problems());
    }
  }

  /** What a workload presents. */
  record Token(Metadata metadata, MachineTokenSpec spec, Origin origin) implements Resource {
    @Override
    public Kind kind() {
      return Kind.MACHINE_TOKEN;
    }

    @Override
    public List<Problem> problems() {
      return underSpec(spec.problems());
    }
  }

  /** Renames or reroutes a model. */
  record Alias(Metadata metadata, ModelAliasSpec spec, Origin origin) implements Resource {
    @Override
    public Kind kind() {
      return Kind.MODEL_ALIAS;
    }

    @Override
    public List<Problem> problems() {
      return underSpec(spec.problems());
    }
  }

  /** Everything else. */
  record Settings(Metadata metadata, KeyfrontSettingsSpec spec, Origin origin) implements Resource {
    @Override
    public Kind kind() {
      return Kind.KEYFRONT_SETTINGS;
    }

    @Override
    public List<Problem> problems() {
      return underSpec(spec.problems());
    }
  }

  /**
   * A Kubernetes Secret.
   *
   * @param data its keys that hold text
   * @param unusable its keys that are empty or not UTF-8: allowed, unless something refers to them
   */
  record Secret(
      Metadata metadata, Map<String, SecretText> data, Set<String> unusable, Origin origin)
      implements Resource {
    public Secret {
      data = Map.copyOf(data);
      unusable = Set.copyOf(unusable);
    }

    @Override
    public Kind kind() {
      return Kind.SECRET;
    }

    @Override
    public List<Problem> problems() {
      return List.of();
    }
  }

  private static List<Problem> underSpec(List<Problem> problems) {
    return problems.stream().map(problem -> problem.under("spec")).toList();
  }
}
