package io.keyfront.snapshot;

import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.snapshot.TokenTable;
import io.keyfront.core.token.TokenHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shards of tokens and the one table they make. Immutable; a change costs what it changes. */
record Shards(SortedMap<PartName, Part.Tokens> byName, TokenTable table) {
  static final Shards EMPTY = new Shards(new TreeMap<>(), TokenTable.EMPTY);

  Shards with(Part part) {
    return part instanceof Part.Tokens tokens ? replaced(part.name(), tokens) : this;
  }

  Shards without(PartName name) {
    return byName.containsKey(name) ? replaced(name, null) : this;
  }

  private Shards replaced(PartName name, Part.@Nullable Tokens tokens) {
    SortedMap<PartName, Part.Tokens> others = new TreeMap<>(byName);
    Part.Tokens old = tokens == null ? others.remove(name) : others.put(name, tokens);
    Map<TokenHash, TokenPolicy> before = old == null ? Map.of() : old.policies();
    Map<TokenHash, TokenPolicy> after = tokens == null ? Map.of() : tokens.policies();

    Map<TokenHash, TokenPolicy> put = new HashMap<>();
    List<TokenHash> removed = new ArrayList<>();
    for (TokenHash hash : before.keySet()) {
      if (!after.containsKey(hash)) {
        settle(hash, others, put, removed);
      }
    }
    after.forEach(
        (hash, policy) -> {
          if (!table.containsKey(hash)) {
            put.put(hash, policy);
          } else if (!policy.equals(before.get(hash))) {
            settle(hash, others, put, removed);
          }
        });
    return new Shards(others, table.with(put, removed));
  }

  private static void settle(
      TokenHash hash,
      SortedMap<PartName, Part.Tokens> shards,
      Map<TokenHash, TokenPolicy> put,
      List<TokenHash> removed) {
    TokenPolicy decided = decided(hash, shards);
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
  private static @Nullable TokenPolicy decided(
      TokenHash hash, SortedMap<PartName, Part.Tokens> shards) {
    TokenPolicy decided = null;
    for (Part.Tokens shard : shards.values()) {
      TokenPolicy policy = shard.policies().get(hash);
      if (policy != null && (decided == null || (policy.revoked() && !decided.revoked()))) {
        decided = policy;
      }
    }
    return decided;
  }
}
