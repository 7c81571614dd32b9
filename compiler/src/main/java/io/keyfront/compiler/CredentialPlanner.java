package io.keyfront.compiler;

import io.keyfront.compiler.ProviderPlanner.Placed;
import io.keyfront.compiler.ProviderPlanner.Providers;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.crds.LabelSelector;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.SecretRef;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Gives each credential its key and the namespaces that may use it; adds the environment's. */
final class CredentialPlanner {
  /** The label that Kubernetes gives every namespace. */
  static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private static final Comparator<Credential> BY_ID =
      Comparator.comparing(credential -> credential.id().toString());

  private final Inputs inputs;
  private final Secrets secrets;
  private final Findings findings;
  private final Map<String, Map<String, String>> namespaces;

  CredentialPlanner(Inputs inputs, Secrets secrets, Findings findings) {
    this.inputs = inputs;
    this.secrets = secrets;
    this.findings = findings;
    this.namespaces = namespaces(inputs);
  }

  /** By namespace and name, so that equal inputs give equal snapshots. */
  List<Credential> plan(Providers providers) {
    List<Credential> credentials = new ArrayList<>();
    Set<CredentialId> defined = new HashSet<>();
    for (Resource resource : inputs.resources()) {
      if (resource instanceof Resource.Credential) {
        defined.add(id(resource.metadata()));
      }
    }
    for (Placed placed : providers.placed()) {
      credential(placed).ifPresent(credentials::add);
    }
    new TreeMap<>(inputs.environmentKeys())
        .forEach(
            (provider, key) ->
                environment(provider, key, providers, defined).ifPresent(credentials::add));
    return credentials.stream().sorted(BY_ID).toList();
  }

  private Optional<Credential> credential(Placed placed) {
    Resource.Credential resource = placed.credential();
    ProviderCredentialSpec spec = resource.spec();
    SecretRef ref = Objects.requireNonNull(spec.auth().apiKey()).secretRef();
    NamespaceRule rule = namespaceRule(resource);
    if (spec.validate() && !inputs.rules().operated()) {
      findings.warning(
          resource,
          Reason.NO_EFFECT,
          "spec.validate",
          "needs the operator of a cluster, which asks the provider",
          "remove it");
    }
    return secrets
        .resolveForHeader(resource, "spec.auth.apiKey.secretRef", ref)
        .map(
            key ->
                new Credential(
                    id(resource.metadata()),
                    spec.provider(),
                    placed.endpoint(),
                    new Credential.Auth.ApiKey(key),
                    spec.priority(),
                    spec.weight(),
                    spec.models().stream().map(Glob::of).toList(),
                    rule,
                    LimitsSpec.limits(spec.limits(), spec.budget()),
                    Optional.ofNullable(spec.expiresAt()).map(CredentialPlanner::instant)));
  }

  private static Instant instant(String time) {
    return OffsetDateTime.parse(time).toInstant();
  }

  private NamespaceRule namespaceRule(Resource.Credential resource) {
    LabelSelector selector = resource.spec().allowedNamespaces();
    if (selector == null) {
      return NamespaceRule.only(resource.metadata().namespace());
    }
    if (selector.isEmpty()) {
      return NamespaceRule.ALL;
    }
    Set<String> chosen = new HashSet<>();
    namespaces.forEach(
        (namespace, labels) -> {
          if (selector.matches(labels)) {
            chosen.add(namespace);
          }
        });
    if (chosen.isEmpty()) {
      findings.warning(
          resource,
          Reason.NO_EFFECT,
          "spec.allowedNamespaces",
          "matches no namespace",
          "check the labels: without a cluster a namespace has only " + NAME_LABEL);
    }
    return new NamespaceRule(false, chosen);
  }

  private Optional<Credential> environment(
      String provider, SecretText key, Providers providers, Set<CredentialId> defined) {
    var id = new CredentialId(Metadata.DEFAULT_NAMESPACE, "env-" + provider);
    Provider known = providers.table().get(provider);
    Optional<SecretText> usable = Secrets.forHeader(key);
    if (known == null || known.isMock()) {
      tell(Severity.ERROR, id, Reason.UNKNOWN_PROVIDER, "is for no provider", providers.choices());
    } else if (usable.isEmpty()) {
      tell(
          Severity.ERROR,
          id,
          Reason.INVALID,
          "the key in the environment holds blanks or characters that no header can carry",
          "set the key alone");
    } else if (defined.contains(id)) {
      tell(
          Severity.WARNING,
          id,
          Reason.OVERRIDDEN,
          "the key in the environment is not used, as a resource has this name",
          "rename the resource or unset the variable");
    } else {
      return usable.map(text -> fromEnvironment(id, provider, text));
    }
    return Optional.empty();
  }

  private static Credential fromEnvironment(CredentialId id, String provider, SecretText key) {
    return new Credential(
        id,
        provider,
        Optional.empty(),
        new Credential.Auth.ApiKey(key),
        0,
        1,
        List.of(),
        NamespaceRule.ALL,
        Limits.NONE);
  }

  private void tell(Severity severity, CredentialId id, Reason reason, String problem, String fix) {
    var resource = new ResourceId(Kind.PROVIDER_CREDENTIAL.id(), id.namespace(), id.name());
    findings.add(severity, resource, reason, problem, fix);
  }

  private static CredentialId id(Metadata metadata) {
    return new CredentialId(metadata.namespace(), metadata.name());
  }

  /** Every namespace that is named anywhere, with its labels. */
  private static Map<String, Map<String, String>> namespaces(Inputs inputs) {
    Map<String, Map<String, String>> all = new HashMap<>();
    inputs.resources().forEach(one -> all.put(one.metadata().namespace(), Map.of()));
    all.put(Metadata.DEFAULT_NAMESPACE, Map.of());
    all.putAll(inputs.namespaceLabels());
    all.replaceAll(
        (name, labels) -> {
          Map<String, String> withName = new HashMap<>(labels);
          withName.put(NAME_LABEL, name);
          return withName;
        });
    return all;
  }
}
