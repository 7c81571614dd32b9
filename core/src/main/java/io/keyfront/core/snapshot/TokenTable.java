package io.keyfront.core.snapshot;

import io.keyfront.core.token.TokenHash;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Token policies by hash, immutable, made so that 100,000 of them with a few changed are had
 * without copying the rest: the table is many small maps, and a change replaces only those it
 * touches. A look-up is two array reads and allocates nothing.
 */
public final class TokenTable extends AbstractMap<TokenHash, TokenPolicy> {
  /** 100,000 tokens are some 24 in each; a power of two. */
  private static final int ROWS = 4096;

  /** No token at all. */
  public static final TokenTable EMPTY = new TokenTable(emptyRows(), 0);

  private final Map<TokenHash, TokenPolicy>[] rows;
  private final int size;

  private TokenTable(Map<TokenHash, TokenPolicy>[] rows, int size) {
    this.rows = rows;
    this.size = size;
  }

  /** The map itself if it is a table. */
  public static TokenTable of(Map<TokenHash, TokenPolicy> policies) {
    return policies instanceof TokenTable table ? table : EMPTY.with(policies, List.of());
  }

  /**
   * The same with some policies put, after some were removed.
   *
   * @param removed those that are not there are passed over
   */
  public TokenTable with(Map<TokenHash, TokenPolicy> put, Collection<TokenHash> removed) {
    Map<Integer, Map<TokenHash, TokenPolicy>> touched = new HashMap<>();
    removed.forEach(hash -> row(touched, hash).remove(hash));
    put.forEach((hash, policy) -> row(touched, hash).put(hash, policy));
    if (touched.isEmpty()) {
      return this;
    }
    Map<TokenHash, TokenPolicy>[] changed = rows.clone();
    int count = size;
    for (Map.Entry<Integer, Map<TokenHash, TokenPolicy>> row : touched.entrySet()) {
      count += row.getValue().size() - changed[row.getKey()].size();
      changed[row.getKey()] = Map.copyOf(row.getValue());
    }
    return new TokenTable(changed, count);
  }

  private Map<TokenHash, TokenPolicy> row(
      Map<Integer, Map<TokenHash, TokenPolicy>> touched, TokenHash hash) {
    return touched.computeIfAbsent(index(hash), index -> new HashMap<>(rows[index]));
  }

  /** A hash is as good as random in every bit. */
  private static int index(TokenHash hash) {
    return (int) hash.first() & (ROWS - 1);
  }

  @Override
  public @Nullable TokenPolicy get(@Nullable Object key) {
    return key instanceof TokenHash hash ? rows[index(hash)].get(hash) : null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Map.Entry<TokenHash, TokenPolicy>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<TokenHash, TokenPolicy>> iterator() {
        return Arrays.stream(rows).flatMap(row -> row.entrySet().stream()).iterator();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<TokenHash, TokenPolicy>[] emptyRows() {
    Map[] rows = new Map[ROWS];
    Arrays.fill(rows, Map.of());
    return rows;
  }
}
