package io.keyfront.console.desk;

import io.keyfront.core.token.TokenFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a token; nothing here opens a door.
 *
 * @param account where its usage is counted
 * @param masked the plaintext's first and last characters, where it was ever seen
 * @param hashPrefix the first 12 hexadecimal digits of its SHA-256; empty for formats without one
 */
public record TokenRecord(
    TokenName name,
    String account,
    TokenFormat format,
    Optional<String> masked,
    Optional<String> hashPrefix,
    TokenSpec spec,
    boolean revoked,
    Instant createdAt,
    Optional<Validity> validity,
    Origin origin) {

  /** Revoked wins over expired. */
  public TokenStatus status(Instant now) {
    if (revoked) {
      return TokenStatus.REVOKED;
    }
    boolean over = validity.filter(life -> !life.expiresAt().isAfter(now)).isPresent();
    return over ? TokenStatus.EXPIRED : TokenStatus.READY;
  }

  /**
   * Whether a person who types these words into a search box means this token: its name, scope,
   * note, labels and masked form are looked at, upper and lower case alike.
   */
  public boolean matches(String words) {
    String wanted = words.toLowerCase(Locale.ROOT).strip();
    return searchable().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }

  private Stream<String> searchable() {
    Stream<String> own = Stream.of(name.toString(), spec.note());
    Stream<String> labels =
        spec.labels().entrySet().stream().map(label -> label.getKey() + "=" + label.getValue());
    Stream<String> shown = Stream.concat(masked.stream(), hashPrefix.stream());
    return Stream.of(own, labels, shown, spec.scope().patterns().stream()).flatMap(texts -> texts);
  }
}
