package io.keyfront.compiler;

import io.keyfront.compiler.ProviderPlanner.Providers;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.crds.ModelAliasSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks aliases against the provider table and puts them in order of precedence. */
final class AliasPlanner {
  private final Rules rules;
  private final Providers providers;
  private final Findings findings;

  AliasPlanner(Rules rules, Providers providers, Findings findings) {
    this.rules = rules;
    this.providers = providers;
    this.findings = findings;
  }

  /** The more specific glob, then the one bound to a provider, then the namespace's own. */
  private static final Comparator<AliasRule> PRECEDENCE =
      Comparator.comparingInt((AliasRule rule) -> -rule.model().specificity())
          .thenComparing(rule -> rule.provider().isEmpty())
          .thenComparing(AliasRule::global);

  /** What makes two aliases match the same calls. */
  private record Reach(String glob, Optional<String> provider, Optional<String> namespace) {}

  private record Used(Resource.Alias alias, AliasRule rule) {

    /** The catch-all is passed over: it matches every target, and nobody expects it to. */
    boolean mayFollow(AliasRule first, AliasRule.Target target) {
      boolean together =
          first.global() || rule.global() || first.namespace().equals(rule.namespace());
      return together
          && target.model().isPresent()
          && !rule.model().pattern().equals("*")
          && (rule.provider().isEmpty() || rule.provider().get().equals(target.provider()))
          && rule.model().matches(target.model().get());
    }
  }

  /**
   * @param aliases the oldest first, which decides between equals
   */
  List<AliasRule> plan(List<Resource.Alias> aliases) {
    List<AliasRule> planned = new ArrayList<>();
    Map<Reach, Used> taken = new HashMap<>();
    for (Resource.Alias alias : aliases) {
      if (isRight(alias)) {
        AliasRule rule = rule(alias);
        Used winner = taken.putIfAbsent(reach(rule), new Used(alias, rule));
        if (winner == null) {
          planned.add(rule);
        } else {
          overridden(alias, winner.alias);
        }
      }
    }
    List<Used> used = List.copyOf(taken.values());
    used.forEach(one -> warnOfSecondHop(one, used));
    return planned.stream().sorted(PRECEDENCE).toList();
  }

  /** A target is not looked up again, which whoever chains aliases (or loops them) may expect. */
  private void warnOfSecondHop(Used used, List<Used> all) {
    List<AliasRule.Target> targets = used.rule.targets();
    for (int i = 0; i < targets.size(); i++) {
      AliasRule.Target target = targets.get(i);
      Optional<Resource.Alias> next =
          all.stream()
              .filter(other -> !other.equals(used) && other.mayFollow(used.rule, target))
              .map(Used::alias)
              .min(Comparator.comparing(alias -> alias.id().toString()));
      if (next.isPresent()) {
        findings.warning(
            used.alias,
            Reason.NO_EFFECT,
            "spec.targets[" + i + "]",
            "is matched by " + next.get().id() + ", but a target is not looked up again",
            "name the model that is really to be called");
      }
    }
  }

  private AliasRule rule(Resource.Alias alias) {
    ModelAliasSpec spec = alias.spec();
    String namespace = alias.metadata().namespace();
    return new AliasRule(
        namespace,
        alias.metadata().name(),
        rules.homeNamespaces().contains(namespace),
        Glob.of(spec.match().model()),
        Optional.ofNullable(spec.match().provider()),
        spec.targets().stream()
            .map(
                target ->
                    new AliasRule.Target(
                        target.provider(),
                        Optional.ofNullable(target.model()),
                        target.weight(),
                        target.priority()))
            .toList());
  }

  private static Reach reach(AliasRule rule) {
    return new Reach(
        rule.model().pattern(),
        rule.provider(),
        rule.global() ? Optional.empty() : Optional.of(rule.namespace()));
  }

  private void overridden(Resource.Alias alias, Resource.Alias winner) {
    findings.warning(
        alias,
        Reason.OVERRIDDEN,
        "spec.match",
        "Overridden by " + winner.id() + ", which matches the same and is older",
        "remove one of the two, or match something else");
  }

  private boolean isRight(Resource.Alias alias) {
    String from = alias.spec().match().provider();
    boolean right = from == null || isKnown(alias, "spec.match.provider", from);
    List<ModelAliasSpec.Target> targets = alias.spec().targets();
    for (int i = 0; i < targets.size(); i++) {
      String field = "spec.targets[" + i + "].provider";
      String to = targets.get(i).provider();
      right &= isKnown(alias, field, to) && keepsProtocol(alias, field, from, to);
    }
    if (right && alias.spec().match().model().startsWith(Provider.MOCK)) {
      findings.warning(
          alias,
          Reason.NO_EFFECT,
          "spec.match.model",
          "models named mock… are always the mock",
          "match another name");
    }
    return right;
  }

  private boolean isKnown(Resource.Alias alias, String field, String provider) {
    boolean known = providers.table().containsKey(provider);
    if (!known) {
      findings.error(
          alias,
          Reason.UNKNOWN_PROVIDER,
          field,
          "'" + provider + "' is no provider",
          providers.choices());
    }
    return known;
  }

  private boolean keepsProtocol(
      Resource.Alias alias, String field, @Nullable String from, String to) {
    if (from == null) {
      ProviderCatalog.vendorOf(alias.spec().match().model())
          .filter(vendor -> !haveProtocolInCommon(vendor, to))
          .ifPresent(vendor -> warnOfRefusals(alias, field, vendor, to));
      return true;
    }
    boolean shared = haveProtocolInCommon(from, to);
    if (!shared) {
      findings.error(
          alias,
          Reason.NOT_SUPPORTED_YET,
          field,
          "translation between the protocols of " + from + " and " + to + " is not supported yet",
          "choose a target that speaks the protocol of " + from);
    }
    return shared;
  }

  /** A provider that is unknown is another finding's business. */
  private boolean haveProtocolInCommon(String from, String to) {
    Provider source = providers.table().get(from);
    Provider target = providers.table().get(to);
    return source == null
        || target == null
        || Arrays.stream(Protocol.values())
            .anyMatch(protocol -> source.speaks(protocol) && target.speaks(protocol));
  }

  /** Only a warning: who asks for such a model in the target's protocol is served. */
  private void warnOfRefusals(Resource.Alias alias, String field, String vendor, String to) {
    findings.warning(
        alias,
        Reason.NOT_SUPPORTED_YET,
        field,
        "models of this name are asked for in the protocols of "
            + vendor
            + ", and "
            + to
            + " speaks none of them: such calls are refused with alias_crosses_protocols",
        "choose a target that speaks a protocol of " + vendor);
  }
}
