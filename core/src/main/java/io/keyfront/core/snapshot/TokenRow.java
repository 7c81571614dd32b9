package io.keyfront.core.snapshot;

import io.keyfront.core.token.TokenHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Some tokens of a {@link TokenTable}. The beginnings of their hashes lie side by side. */
final class TokenRow {
  static final TokenRow EMPTY = new TokenRow(List.of(), List.of());

  private final long[] firsts;
  private final TokenHash[] hashes;
  private final TokenPolicy[] policies;

  private TokenRow(List<TokenHash> hashes, List<TokenPolicy> policies) {
    this.hashes = hashes.toArray(TokenHash[]::new);
    this.policies = policies.toArray(TokenPolicy[]::new);
    this.firsts = new long[hashes.size()];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = hashes.get(i).first();
    }
  }

  int size() {
    return hashes.length;
  }

  @Nullable TokenPolicy find(TokenHash hash) {
    long first = hash.first();
    for (int i = 0; i < firsts.length; i++) {
      if (firsts[i] == first && hashes[i].equals(hash)) {
        return policies[i];
      }
    }
    return null;
  }

  Stream<Map.Entry<TokenHash, TokenPolicy>> entries() {
    return IntStream.range(0, hashes.length).mapToObj(i -> Map.entry(hashes[i], policies[i]));
  }

  /** A row in the making: first some are removed, then some put, none of them twice. */
  static final class Change {
    private final List<TokenHash> hashes;
    private final List<TokenPolicy> policies;

    /** So many are of the row itself: only these are looked through. */
    private int kept;

    Change(TokenRow row) {
      hashes = new ArrayList<>(List.of(row.hashes));
      policies = new ArrayList<>(List.of(row.policies));
      kept = row.size();
    }

    void remove(TokenHash hash) {
      int index = indexOf(hash);
      if (index >= 0) {
        hashes.remove(index);
        policies.remove(index);
        kept--;
      }
    }

    void put(TokenHash hash, TokenPolicy policy) {
      int index = indexOf(hash);
      if (index >= 0) {
        policies.set(index, policy);
      } else {
        hashes.add(hash);
        policies.add(policy);
      }
    }

    private int indexOf(TokenHash hash) {
      for (int i = 0; i < kept; i++) {
        if (hashes.get(i).first() == hash.first() && hashes.get(i).equals(hash)) {
          return i;
        }
      }
      return -1;
    }

    TokenRow row() {
      return new TokenRow(hashes, policies);
    }
  }
}
