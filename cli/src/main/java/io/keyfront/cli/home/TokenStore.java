package io.keyfront.cli.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** Keeps the token book in {@code tokens.json}. Safe for use from many threads. */
public final class TokenStore {
  private final AtomicFile file;
  private volatile TokenBook book;

  private TokenStore(AtomicFile file, TokenBook book) {
    this.file = file;
    this.book = book;
  }

  /**
   * @throws HomeUnusable when the file is damaged
   */
  static TokenStore open(AtomicFile file) throws IOException {
    try {
      return new TokenStore(file, file.read().map(TokenBookJson::read).orElse(TokenBook.EMPTY));
    } catch (IllegalArgumentException damaged) {
      throw new HomeUnusable(
          "%s is damaged: %s. Put back a good copy of it, or move it away: the tokens that the admin API made are then gone, and have to be made again."
              .formatted(file.path(), damaged.getMessage()));
    }
  }

  public TokenBook book() {
    return book;
  }

  /**
   * Replaces the book. It is on disk when the method returns; when the change throws or storing
   * fails, nothing has changed.
   *
   * @throws UncheckedIOException when it cannot be stored
   */
  @SuppressWarnings("ReferenceEquality") // the usual start changes nothing, and saves comparing
  public synchronized TokenBook change(UnaryOperator<TokenBook> change) {
    TokenBook next = change.apply(book);
    if (next != book && !next.equals(book)) {
      try {
        file.write(TokenBookJson.write(next));
      } catch (IOException notStored) {
        throw new UncheckedIOException(notStored);
      }
      book = next;
    }
    return next;
  }
}
