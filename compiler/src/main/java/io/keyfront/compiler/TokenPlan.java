package io.keyfront.compiler;

import io.keyfront.compiler.finding.Source;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a MachineToken comes to. Whether it has expired is for whoever holds a clock to say.
 *
 * @param uid the account that its spend belongs to
 * @param serviceAccount the ServiceAccount of its namespace whose tokens stand for it
 * @param createdAt where known
 * @param expiresAt its end, whatever was minted; none while it is rotated
 * @param rotation when its plaintexts end and are followed by new ones
 * @param limits of its own, before the defaults of the settings
 * @param hashes of the plaintexts that stand for it, none until it is minted; for the tokens of a
 *     ServiceAccount the stand-in that its policy is filed under
 * @param adopted its plaintext comes from {@code tokenFrom}: there is nothing to mint
 * @param secretName where the minted plaintext is to be written
 * @param source where it was read; absent when it comes from no file
 */
public record TokenPlan(
    String namespace,
    String name,
    String uid,
    TokenFormat format,
    Optional<String> serviceAccount,
    Scope scope,
    Optional<Instant> createdAt,
    Optional<Instant> expiresAt,
    Optional<Rotation> rotation,
    CidrSet cidrs,
    boolean revoked,
    Limits limits,
    List<TokenHash> hashes,
    boolean adopted,
    Optional<String> secretName,
    Optional<String> note,
    Map<String, String> labels,
    Optional<Source> source) {
  public TokenPlan {
    hashes = List.copyOf(hashes);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Whether a plaintext must be made for it. */
  public boolean needsMinting() {
    return hashes.isEmpty() && !adopted && !revoked;
  }
}
