package io.keyfront.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AssemblyProperties {
  /** While it passes from one account to another, a hash may stand in two shards. */
  @Property(tries = 300)
  void tableIsWhatTheShardsSayAndRevokedWins(@ForAll long seed) {
    Random random = new Random(seed);
    Assembly assembly = Assembly.EMPTY.with(Samples.base(), 1);
    Map<Integer, Map<TokenHash, TokenPolicy>> model = new HashMap<>();
    for (int step = 0; step < 40; step++) {
      String account = "account-" + random.nextInt(12);
      int shard = Parts.shardOf(account);
      if (random.nextInt(5) == 0) {
        model.remove(shard);
        assembly = assembly.without(PartName.tokens(shard));
      } else {
        Map<TokenHash, TokenPolicy> policies = policies(random, account);
        model.put(shard, policies);
        assembly = assembly.with(new Part.Tokens(shard, policies), step);
      }
    }
    Map<TokenHash, TokenPolicy> expected = expected(model);

    Snapshot made = assembly.snapshot();
    assertThat(made.tokens().keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (hash, policy) ->
            assertThat(made.token(hash).orElseThrow().revoked()).isEqualTo(policy.revoked()));
  }

  private static Map<TokenHash, TokenPolicy> policies(Random random, String account) {
    Map<TokenHash, TokenPolicy> policies = new HashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      policies.put(
          TokenHash.of("token-" + random.nextInt(15)),
          Samples.policy(account, random.nextBoolean()));
    }
    return policies;
  }

  private static Map<TokenHash, TokenPolicy> expected(
      Map<Integer, Map<TokenHash, TokenPolicy>> model) {
    Map<TokenHash, TokenPolicy> expected = new HashMap<>();
    for (Map<TokenHash, TokenPolicy> shard : model.values()) {
      shard.forEach((hash, policy) -> expected.merge(hash, policy, (a, b) -> a.revoked() ? a : b));
    }
    return expected;
  }
}
