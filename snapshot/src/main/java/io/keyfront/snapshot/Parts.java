package io.keyfront.snapshot;

import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a snapshot is divided. One token's change touches one part. */
public final class Parts {
  /** Over so many parts tokens are spread; 100,000 of them are some 1,600 in each. */
  public static final int SHARDS = 64;

  private Parts() {}

  /** The base, every credential, and the shards that have a token. */
  public static List<Part> of(Snapshot snapshot) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Base(snapshot.providers(), snapshot.aliases(), snapshot.settings()));
    snapshot.credentials().forEach(one -> parts.add(new Part.OneCredential(one)));
    Map<Integer, Map<TokenHash, TokenPolicy>> shards = new TreeMap<>();
    snapshot
        .tokens()
        .forEach(
            (hash, policy) ->
                shards
                    .computeIfAbsent(shardOf(policy.identity().account()), one -> new HashMap<>())
                    .put(hash, policy));
    shards.forEach((shard, policies) -> parts.add(new Part.Tokens(shard, policies)));
    return List.copyOf(parts);
  }

  /**
   * Where an account's tokens travel: the last six bits of its SHA-256's first byte.
   *
   * @return 0 to 63
   */
  public static int shardOf(String account) {
    return (int) (TokenHash.of(account).first() >>> 56) & (SHARDS - 1);
  }

  /**
   * One shard made anew.
   *
   * @param tokens those of other shards are passed over
   */
  public static Part.Tokens shard(int shard, Iterable<Map.Entry<TokenHash, TokenPolicy>> tokens) {
    Map<TokenHash, TokenPolicy> policies = new HashMap<>();
    for (Map.Entry<TokenHash, TokenPolicy> token : tokens) {
      if (shardOf(token.getValue().identity().account()) == shard) {
        policies.put(token.getKey(), token.getValue());
      }
    }
    return new Part.Tokens(shard, policies);
  }
}
