package io.keyfront.operator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.keyfront.compiler.CommonCompilation;
import io.keyfront.compiler.Compiler;
import io.keyfront.compiler.Inputs;
import io.keyfront.compiler.Rules;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.session.Authorities;
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
    for (Kind kind : KINDS) {
      Map<ObjectName, List<Finding>> broken = new HashMap<>();
      for (HasMetadata object : world.of(kind).values()) {
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
    return new Turn(compilation, planned(findings), parts(compilation));
  }

  private static boolean isAbout(Finding finding, Kind kind) {
    return finding.resource().filter(id -> id.kind().equals(kind.id())).isPresent();
  }

  private Map<Kind, Map<ObjectName, Planned>> planned(
      Map<Kind, Map<ObjectName, List<Finding>>> findings) {
    Map<Kind, Map<ObjectName, Planned>> planned = new EnumMap<>(Kind.class);
    for (Kind kind : KINDS) {
      Map<ObjectName, List<Finding>> ofKind = Objects.requireNonNull(findings.get(kind));
      Map<ObjectName, Planned> byName = new HashMap<>();
      for (HasMetadata object : world.of(kind).values()) {
        ObjectName name = ObjectName.of(object);
        byName.put(
            name,
            Planned.of(object.getMetadata().getGeneration(), ofKind.getOrDefault(name, List.of())));
      }
      planned.put(kind, byName);
    }
    return planned;
  }

  private static List<Part> parts(CommonCompilation compilation) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part.Base(compilation.providers(), compilation.aliases(), compilation.settings()));
    compilation.credentials().forEach(credential -> parts.add(new Part.OneCredential(credential)));
    return parts;
  }
}
