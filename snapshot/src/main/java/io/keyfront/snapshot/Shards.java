package io.keyfront.snapshot;

import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.snapshot.TokenTable;
import io.keyfront.core.token.TokenHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shards of tokens and the one table they make. Immutable. The table is made when it is asked for,
 * from the last one that was: what it costs is what changed since.
 */
final class Shards {
  static final Shards EMPTY = new Shards(new TreeMap<>(), new TreeMap<>(), TokenTable.EMPTY);

  private final SortedMap<PartName, Part.Tokens> byName;
  private final SortedMap<PartName, Part.Tokens> before;
  private final TokenTable tableBefore;

  /** Made when it is asked for; equal whoever makes it, so threads need not agree. */
  private @Nullable TokenTable table;

  private Shards(
      SortedMap<PartName, Part.Tokens> byName,
      SortedMap<PartName, Part.Tokens> before,
      TokenTable tableBefore) {
    this.byName = byName;
    this.before = before;
    this.tableBefore = tableBefore;
  }

  Shards with(Part part) {
    if (!(part instanceof Part.Tokens tokens)) {
      return this;
    }
    SortedMap<PartName, Part.Tokens> others = new TreeMap<>(byName);
    others.put(part.name(), tokens);
    return followedBy(others);
  }

  Shards without(PartName name) {
    SortedMap<PartName, Part.Tokens> others = new TreeMap<>(byName);
    return others.remove(name) == null ? this : followedBy(others);
  }

  private Shards followedBy(SortedMap<PartName, Part.Tokens> others) {
    TokenTable made = table;
    return made == null
        ? new Shards(others, before, tableBefore)
        : new Shards(others, byName, made);
  }

  TokenTable table() {
    TokenTable made = table;
    if (made == null) {
      made = make();
      table = made;
    }
    return made;
  }

  /** A shard that nobody replaced is the same object; comparing its tokens would cost too much. */
  @SuppressWarnings("ReferenceEquality")
  private TokenTable make() {
    Set<PartName> names = new HashSet<>(byName.keySet());
    names.addAll(before.keySet());
    Map<TokenHash, TokenPolicy> put = HashMap.newHashMap(ofNewShards());
    List<TokenHash> removed = new ArrayList<>();
    for (PartName name : names) {
      Part.Tokens old = before.get(name);
      Part.Tokens now = byName.get(name);
      if (old != now) {
        change(policies(old), policies(now), put, removed);
      }
    }
    return tableBefore.with(put, removed);
  }

  /** A start has nothing but these, and growing step by step would take a while. */
  private int ofNewShards() {
    int many = 0;
    for (Part.Tokens now : byName.values()) {
      many += before.containsKey(now.name()) ? 0 : now.policies().size();
    }
    return many;
  }

  private void change(
      Map<TokenHash, TokenPolicy> old,
      Map<TokenHash, TokenPolicy> now,
      Map<TokenHash, TokenPolicy> put,
      List<TokenHash> removed) {
    for (TokenHash hash : old.keySet()) {
      if (!now.containsKey(hash)) {
        settle(hash, put, removed);
      }
    }
    now.forEach(
        (hash, policy) -> {
          if (!tableBefore.containsKey(hash) && !put.containsKey(hash)) {
            put.put(hash, policy);
          } else if (!policy.equals(old.get(hash))) {
            settle(hash, put, removed);
          }
        });
  }

  private void settle(TokenHash hash, Map<TokenHash, TokenPolicy> put, List<TokenHash> removed) {
    TokenPolicy decided = decided(hash);
    if (decided == null) {
      removed.add(hash);
    } else {
      put.put(hash, decided);
    }
  }

  /**
   * While a token passes from one account to another, two shards may name its hash. That it is
   * revoked wins; else the first shard's word.
   */
  private @Nullable TokenPolicy decided(TokenHash hash) {
    TokenPolicy decided = null;
    for (Part.Tokens shard : byName.values()) {
      TokenPolicy policy = shard.policies().get(hash);
      if (policy != null && (decided == null || (policy.revoked() && !decided.revoked()))) {
        decided = policy;
      }
    }
    return decided;
  }

  private static Map<TokenHash, TokenPolicy> policies(Part.@Nullable Tokens shard) {
    return shard == null ? Map.of() : shard.policies();
  }
}
