package io.keyfront.operator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.keyfront.compiler.CommonCompilation;
import io.keyfront.compiler.Compiler;
import io.keyfront.compiler.Inputs;
import io.keyfront.compiler.Rules;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.operator.observe.Conversion;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything but the tokens, compiled whole. */
public final class CommonBook {
  /** The kinds that are compiled together. */
  public static final List<Kind> KINDS =
      List.of(Kind.PROVIDER_CREDENTIAL, Kind.MODEL_ALIAS, Kind.KEYFRONT_SETTINGS);

  private final World world;
  private final Rules rules;
  private final Supplier<Authorities> authorities;

  /**
   * @param authorities who signs, as far as is known now
   */
  public CommonBook(World world, Rules rules, Supplier<Authorities> authorities) {
    this.world = world;
    this.rules = rules;
    this.authorities = authorities;
  }

  /**
   * What came of it.
   *
   * @param planned by kind and name, without places
   * @param parts the base and every credential
   */
  public record Turn(
      CommonCompilation compilation,
      Map<Kind, Map<ObjectName, Planned>> planned,
      List<Part> parts) {

    /** The part that an object travels in; absent for a credential that is not in use. */
    public Optional<PartName> partOf(Kind kind, ObjectName name) {
      if (kind != Kind.PROVIDER_CREDENTIAL) {
        return Optional.of(PartName.BASE);
      }
      PartName part = PartName.credential(new CredentialId(name.namespace(), name.name()));
      return parts.stream().anyMatch(one -> one.name().equals(part))
          ? Optional.of(part)
          : Optional.empty();
    }
  }

  public Turn turn() {
    List<Resource> resources = new ArrayList<>();
    Map<Kind, Map<ObjectName, List<Finding>>> findings = new EnumMap<>(Kind.class);
    // What comes while this compiles belongs to the next turn: without findings it would look good.
    Map<Kind, List<HasMetadata>> seen = new EnumMap<>(Kind.class);
    KINDS.forEach(kind -> seen.put(kind, List.copyOf(world.of(kind).values())));
    for (Kind kind : KINDS) {
      Map<ObjectName, List<Finding>> broken = new HashMap<>();
      for (HasMetadata object : Objects.requireNonNull(seen.get(kind))) {
        if (object.isMarkedForDeletion()) {
          continue;
        }
        Conversion.of(object)
            .ifPresentOrElse(
                resources::add,
                () -> broken.put(ObjectName.of(object), List.of(Unreadable.finding(object))));
      }
      findings.put(kind, broken);
    }
    resources.addAll(world.secrets().all());
    Inputs inputs =
        Inputs.of(resources, rules)
            .withNamespaceLabels(world.namespaceLabels())
            .withAuthorities(authorities.get());
    CommonCompilation compilation = Compiler.common(inputs);
    for (Kind kind : KINDS) {
      FindingsByName.add(
          compilation.findings().stream().filter(finding -> isAbout(finding, kind)).toList(),
          Objects.requireNonNull(findings.get(kind)));
    }
    return new Turn(
        compilation, planned(seen, findings, upstreams(compilation)), parts(compilation));
  }

  private static boolean isAbout(Finding finding, Kind kind) {
    return finding.resource().filter(id -> id.kind().equals(kind.id())).isPresent();
  }

  private static Map<Kind, Map<ObjectName, Planned>> planned(
      Map<Kind, List<HasMetadata>> seen,
      Map<Kind, Map<ObjectName, List<Finding>>> findings,
      Map<ObjectName, Upstream> upstreams) {
    Map<Kind, Map<ObjectName, Planned>> planned = new EnumMap<>(Kind.class);
    for (Kind kind : KINDS) {
      Map<ObjectName, List<Finding>> ofKind = Objects.requireNonNull(findings.get(kind));
      Map<ObjectName, Planned> byName = new HashMap<>();
      for (HasMetadata object : Objects.requireNonNull(seen.get(kind))) {
        ObjectName name = ObjectName.of(object);
        Planned one =
            Planned.of(object.getMetadata().getGeneration(), ofKind.getOrDefault(name, List.of()));
        Upstream way = kind == Kind.PROVIDER_CREDENTIAL ? upstreams.get(name) : null;
        byName.put(name, way == null ? one : one.through(way));
      }
      planned.put(kind, byName);
    }
    return planned;
  }

  private static Map<ObjectName, Upstream> upstreams(CommonCompilation compilation) {
    Map<ObjectName, Upstream> upstreams = new HashMap<>();
    for (Credential credential : compilation.credentials()) {
      Provider provider = compilation.providers().get(credential.provider());
      if (provider != null) {
        upstreams.put(
            new ObjectName(credential.id().namespace(), credential.id().name()),
            new Upstream(credential, provider, Optional.empty()));
      }
    }
    return upstreams;
  }

  private static List<Part> parts(CommonCompilation compilation) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part.Base(compilation.providers(), compilation.aliases(), compilation.settings()));
    compilation.credentials().forEach(credential -> parts.add(new Part.OneCredential(credential)));
    return parts;
  }
}
