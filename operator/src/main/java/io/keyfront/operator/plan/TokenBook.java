package io.keyfront.operator.plan;

import io.keyfront.compiler.CommonCompilation;
import io.keyfront.compiler.Rules;
import io.keyfront.compiler.TokenPlan;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Parts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All tokens as they are in the snapshot, shard by shard. Only what changed, and what claims the
 * same, is compiled. For one thread.
 */
public final class TokenBook {
  private final World world;
  private final Rules rules;
  private final Claims claims = new Claims();
  private final Map<ObjectName, Entry> entries = new HashMap<>();
  private final List<Map<TokenHash, TokenPolicy>> shards = new ArrayList<>();

  /** What a token has in the book. */
  private record Entry(String uid, int shard, List<TokenHash> hashes) {}

  /**
   * What came of tokens.
   *
   * @param planned by name; empty for one that is gone, or going
   * @param shards where each is or was
   * @param touched the shards that are not what they were
   */
  public record Turn(
      Map<ObjectName, Optional<Planned>> planned,
      Map<ObjectName, PartName> shards,
      Set<Integer> touched) {}

  public TokenBook(World world, Rules rules) {
    this.world = world;
    this.rules = rules;
    for (int shard = 0; shard < Parts.SHARDS; shard++) {
      shards.add(new HashMap<>());
    }
  }

  /** The tokens that adopt what a Secret holds. */
  public Set<ObjectName> adopting(ObjectName secret) {
    return Set.copyOf(claims.claimants(TokenClaim.from(secret)));
  }

  public Set<ObjectName> names() {
    return Set.copyOf(entries.keySet());
  }

  public Part.Tokens part(int shard) {
    return new Part.Tokens(shard, shards.get(shard));
  }

  /** Compiles the named tokens, and those that claim what they claim or claimed. */
  public Turn turn(Set<ObjectName> names, CommonCompilation common, Instant now) {
    Set<ObjectName> group = claims.around(names);
    Map<ObjectName, MachineToken> tokens = new HashMap<>();
    for (ObjectName name : names) {
      MachineToken token = world.tokens().get(name);
      boolean there = token != null && !token.isMarkedForDeletion();
      claims.set(name, token != null && there ? TokenClaim.of(token, world.secrets()) : Set.of());
    }
    group.addAll(claims.around(names));
    for (ObjectName name : group) {
      MachineToken token = world.tokens().get(name);
      if (token != null && !token.isMarkedForDeletion()) {
        tokens.put(name, token);
      }
    }
    Compiled compiled = Compiled.of(tokens.values(), world, rules, common, now);
    return enter(group, tokens, compiled);
  }

  private Turn enter(
      Set<ObjectName> group, Map<ObjectName, MachineToken> tokens, Compiled compiled) {
    Map<ObjectName, Optional<Planned>> planned = new HashMap<>();
    Map<ObjectName, PartName> parts = new HashMap<>();
    Set<Integer> touched = new TreeSet<>();
    Map<Integer, Map<TokenHash, TokenPolicy>> before = remove(group, parts);
    for (ObjectName name : group) {
      MachineToken token = tokens.get(name);
      if (token == null) {
        planned.put(name, Optional.empty());
      } else {
        planned.put(name, Optional.of(add(name, token, compiled, touched, before)));
        parts.put(name, PartName.tokens(Parts.shardOf(token.getMetadata().getUid())));
      }
    }
    // What is left of before was taken out and did not come back.
    before.forEach(
        (shard, left) -> {
          if (!left.isEmpty()) {
            touched.add(shard);
          }
        });
    return new Turn(planned, parts, touched);
  }

  private Map<Integer, Map<TokenHash, TokenPolicy>> remove(
      Set<ObjectName> group, Map<ObjectName, PartName> parts) {
    Map<Integer, Map<TokenHash, TokenPolicy>> before = new HashMap<>();
    for (ObjectName name : group) {
      Entry entry = entries.remove(name);
      if (entry != null) {
        parts.put(name, PartName.tokens(entry.shard));
        for (TokenHash hash : entry.hashes) {
          TokenPolicy policy = shards.get(entry.shard).remove(hash);
          if (policy != null) {
            before.computeIfAbsent(entry.shard, shard -> new HashMap<>()).put(hash, policy);
          }
        }
      }
    }
    return before;
  }

  private Planned add(
      ObjectName name,
      MachineToken token,
      Compiled compiled,
      Set<Integer> touched,
      Map<Integer, Map<TokenHash, TokenPolicy>> before) {
    String uid = token.getMetadata().getUid();
    int shard = Parts.shardOf(uid);
    Optional<TokenPlan> plan = Optional.ofNullable(compiled.plans().get(name));
    List<TokenHash> hashes = plan.map(TokenPlan::hashes).orElse(List.of());
    Optional<TokenPolicy> policy = Optional.empty();
    for (TokenHash hash : hashes) {
      TokenPolicy now = compiled.policies().get(hash);
      if (now != null) {
        shards.get(shard).put(hash, now);
        TokenPolicy was = before.getOrDefault(shard, Map.of()).get(hash);
        if (now.equals(was)) {
          before.getOrDefault(shard, new HashMap<>()).remove(hash);
        } else {
          touched.add(shard);
        }
        policy = Optional.of(now);
      }
    }
    entries.put(name, new Entry(uid, shard, hashes));
    return new Planned(
        token.getMetadata().getGeneration(),
        compiled.findings().getOrDefault(name, List.of()),
        plan.flatMap(TokenPlan::expiresAt),
        policy,
        plan.filter(TokenPlan::adopted).flatMap(one -> one.hashes().stream().findFirst()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
