package io.keyfront.core.session;

import java.util.Optional;

/**
 * Whose signatures make a caller a MachineToken.
 *
 * @param machineTokens signs tokens of format JWT; absent: none is accepted
 * @param serviceAccounts signs the tokens of the cluster's ServiceAccounts; absent: none is
 *     accepted
 */
public record Authorities(
    Optional<TokenAuthority> machineTokens, Optional<TokenAuthority> serviceAccounts) {
  /** Nobody's. */
  public static final Authorities NONE = new Authorities(Optional.empty(), Optional.empty());
}
