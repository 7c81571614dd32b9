package io.keyfront.operator.plan;

import io.keyfront.compiler.CommonCompilation;
import io.keyfront.compiler.Compiler;
import io.keyfront.compiler.Inputs;
import io.keyfront.compiler.Rules;
import io.keyfront.compiler.TokenCompilation;
import io.keyfront.compiler.TokenPlan;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.observe.Conversion;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.ReferencedSecrets;
import io.keyfront.operator.observe.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What some tokens compile to, by name. */
record Compiled(
    Map<ObjectName, TokenPlan> plans,
    Map<TokenHash, TokenPolicy> policies,
    Map<ObjectName, List<Finding>> findings) {

  static Compiled of(
      Collection<MachineToken> tokens,
      World world,
      Rules rules,
      CommonCompilation common,
      Instant now) {
    List<Resource> resources = new ArrayList<>();
    Map<String, List<TokenHash>> minted = new HashMap<>();
    Set<ObjectName> referred = new HashSet<>();
    Map<ObjectName, List<Finding>> findings = new HashMap<>();
    for (MachineToken token : tokens) {
      Optional<Resource> resource = Conversion.of(token);
      if (resource.isEmpty()) {
        findings.put(ObjectName.of(token), List.of(Unreadable.finding(token)));
        continue;
      }
      resources.add(resource.get());
      referred.addAll(ReferencedSecrets.referredBy(token));
      hashes(token, world, now)
          .ifPresent(hashes -> minted.put(token.getMetadata().getUid(), hashes));
    }
    resources.addAll(world.secrets().of(referred));
    TokenCompilation compilation =
        Compiler.tokens(Inputs.of(resources, rules).withMinted(minted), common);
    Map<ObjectName, TokenPlan> plans = new HashMap<>();
    Map<TokenHash, TokenPolicy> policies = new HashMap<>(compilation.policies());
    for (TokenPlan plan : compilation.tokens()) {
      ObjectName name = new ObjectName(plan.namespace(), plan.name());
      plans.put(name, plan);
      end(plan, world.tokens().get(name), world, policies);
    }
    FindingsByName.add(compilation.findings(), findings);
    return new Compiled(plans, policies, findings);
  }

  private static void end(
      TokenPlan plan,
      @Nullable MachineToken token,
      World world,
      Map<TokenHash, TokenPolicy> policies) {
    if (plan.rotation().isPresent() && token != null) {
      world
          .mintedFor(token)
          .map(secret -> Rotations.ends(secret, plan.rotation().get()))
          .ifPresent(
              ends ->
                  ends.forEach(
                      (hash, end) ->
                          policies.computeIfPresent(
                              hash, (same, policy) -> Rotations.ending(policy, end))));
    }
  }

  private static Optional<List<TokenHash>> hashes(MachineToken token, World world, Instant now) {
    return world
        .mintedFor(token)
        .filter(secret -> secret.owner().equals(token.getMetadata().getUid()))
        .map((MintedSecret secret) -> secret.hashes(now))
        .filter(hashes -> !hashes.isEmpty());
  }
}
