package io.keyfront.cli.home;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.compiler.resource.ResourceUid;
import io.keyfront.console.desk.Origin;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.desk.Validity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.Optional;

/**
 * A token of the admin API as the home folder keeps it.
 *
 * @param hash all that is kept of its plaintext, apart from {@code masked}
 */
public record StoredToken(
    TokenName name,
    TokenHash hash,
    String masked,
    TokenSpec spec,
    Instant createdAt,
    Optional<Validity> validity,
    Optional<Instant> revokedAt) {

  /** Whether no call can use it any more. */
  boolean isOver(Instant now) {
    return revokedAt.isPresent()
        || validity.filter(life -> !life.expiresAt().isAfter(now)).isPresent();
  }

  /** When it was over, as far as that is known. */
  Instant overSince() {
    return revokedAt.or(() -> validity.map(Validity::expiresAt)).orElse(Instant.MAX);
  }

  StoredToken revoked(Instant now) {
    return revokedAt.isPresent()
        ? this
        : new StoredToken(name, hash, masked, spec, createdAt, validity, Optional.of(now));
  }

  StoredToken with(TokenSpec other, Optional<Validity> life) {
    return new StoredToken(name, hash, masked, other, createdAt, life, revokedAt);
  }

  /** What the admin API shows of it. */
  TokenRecord record() {
    return new TokenRecord(
        name,
        ResourceUid.of(Kind.MACHINE_TOKEN, name.namespace(), name.name()),
        TokenFormat.OPAQUE,
        Optional.of(masked),
        Optional.of(hash.prefix()),
        spec,
        revokedAt.isPresent(),
        createdAt,
        validity,
        new Origin.Api());
  }
}
