package io.keyfront.core.snapshot;

import io.keyfront.core.token.TokenHash;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Token policies by hash, immutable, made so that 100,000 of them with a few changed are had
 * without copying the rest: the table is many small rows, and a change replaces only those it
 * touches. A look-up reads one row and allocates nothing.
 */
public final class TokenTable extends AbstractMap<TokenHash, TokenPolicy> {
  /** 100,000 tokens are some 24 in each; a power of two. */
  private static final int ROWS = 4096;

  /** No token at all. */
  public static final TokenTable EMPTY = new TokenTable(emptyRows(), 0);

  private final TokenRow[] rows;
  private final int size;

  private TokenTable(TokenRow[] rows, int size) {
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
    if (put.isEmpty() && removed.isEmpty()) {
      return this;
    }
    TokenRow.Change[] changes = new TokenRow.Change[ROWS];
    removed.forEach(hash -> change(changes, hash).remove(hash));
    put.forEach((hash, policy) -> change(changes, hash).put(hash, policy));
    TokenRow[] changed = rows.clone();
    int count = size;
    for (int i = 0; i < ROWS; i++) {
      if (changes[i] != null) {
        changed[i] = changes[i].row();
        count += changed[i].size() - rows[i].size();
      }
    }
    return new TokenTable(changed, count);
  }

  private TokenRow.Change change(TokenRow.Change[] changes, TokenHash hash) {
    int index = index(hash);
    if (changes[index] == null) {
      changes[index] = new TokenRow.Change(rows[index]);
    }
    return changes[index];
  }

  /** A hash is as good as random in every bit. */
  private static int index(TokenHash hash) {
    return (int) hash.first() & (ROWS - 1);
  }

  @Override
  public @Nullable TokenPolicy get(@Nullable Object key) {
    return key instanceof TokenHash hash ? rows[index(hash)].find(hash) : null;
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
        return Arrays.stream(rows).flatMap(TokenRow::entries).iterator();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private static TokenRow[] emptyRows() {
    TokenRow[] rows = new TokenRow[ROWS];
    Arrays.fill(rows, TokenRow.EMPTY);
    return rows;
  }
}
