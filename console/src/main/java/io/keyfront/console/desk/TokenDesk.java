package io.keyfront.console.desk;

import io.keyfront.console.fault.AdminRefused;
import io.keyfront.core.secret.SecretText;
import java.util.List;
import java.util.Optional;

/**
 * Where tokens are made, changed and revoked. Every change is stored and in force in the running
 * proxy before the method returns. Methods may block, for storing; they are safe for use from many
 * threads and throw {@link AdminRefused} where they will not do what is asked.
 */
public interface TokenDesk {
  /** Every token, sorted by namespace and name. */
  List<TokenRecord> list();

  Optional<TokenRecord> find(TokenName name);

  MintedToken create(TokenName name, TokenSpec spec, Expiry expiry);

  TokenRecord edit(TokenName name, TokenPatch patch);

  /** Revokes for good; a token that is revoked already stays so. */
  TokenRecord revoke(TokenName name);

  /** A new secret with what another token may do: all but the secret, and its length of life. */
  MintedToken copy(TokenName source, TokenName copy);

  /** The plaintext, of those tokens whose plaintext is kept. */
  SecretText reveal(TokenName name);

  /** Revokes every token of the API that has expired; the names of those it revoked now. */
  List<TokenName> revokeExpired();
}
