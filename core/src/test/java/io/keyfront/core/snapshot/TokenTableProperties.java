package io.keyfront.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A table is a map. */
class TokenTableProperties {
  @Property(tries = 200)
  void tableIsTheMapAfterAnyChanges(@ForAll long seed) {
    Random random = new Random(seed);
    TokenTable table = TokenTable.EMPTY;
    Map<TokenHash, TokenPolicy> model = new HashMap<>();
    for (int step = 0; step < 10; step++) {
      TokenTable before = table;
      Map<TokenHash, TokenPolicy> copy = Map.copyOf(model);
      Map<TokenHash, TokenPolicy> put = new HashMap<>();
      Set<TokenHash> removed = new HashSet<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        put.put(hash(random.nextInt(60)), policy("account-" + random.nextInt()));
        removed.add(hash(random.nextInt(60)));
      }
      model.keySet().removeAll(removed);
      model.putAll(put);

      table = table.with(put, removed);

      assertThat(table).isEqualTo(model).hasSize(model.size());
      assertThat(before).isEqualTo(copy);
    }
    assertThat(table.containsKey(hash(61))).isFalse();
    assertThat(TokenTable.of(model)).isEqualTo(table);
    assertThat(TokenTable.of(table)).isSameAs(table);
  }

  @Example
  void nothingChangedIsTheSameTable() {
    TokenTable table = TokenTable.of(Map.of(hash(1), policy("a")));

    assertThat(table.with(Map.of(), Set.of())).isSameAs(table);
  }

  private static TokenHash hash(int number) {
    return TokenHash.of("token-" + number);
  }

  private static TokenPolicy policy(String account) {
    return new TokenPolicy(
        new Identity(
            account,
            "default",
            "t",
            TokenFormat.OPAQUE,
            Scope.ALL,
            Optional.empty(),
            CidrSet.ANY,
            Limits.NONE,
            Optional.empty()),
        false);
  }
}
