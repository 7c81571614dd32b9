package io.keyfront.core.ledger;

import java.time.Instant;
import java.util.List;

/**
 * Asks for room on several accounts at once, all or none.
 *
 * @param claims each account once; the token's first
 * @param amount the most that the call may use
 * @param deadline by the asking proxy's clock: after it the ledger ignores the request, as nobody
 *     waits for the answer any more
 */
public record HoldRequest(HoldId id, List<Claim> claims, Amount amount, Instant deadline) {
  /**
   * @throws IllegalArgumentException when no account is claimed
   */
  public HoldRequest {
    claims = List.copyOf(claims);
    if (claims.isEmpty()) {
      throw new IllegalArgumentException("A hold claims no account: name at least the token's.");
    }
  }

  public List<AccountId> accounts() {
    // Once for each call: no stream, and no more garbage than the list.
    return switch (claims.size()) {
      case 1 -> List.of(account(0));
      case 2 -> List.of(account(0), account(1));
      case 3 -> List.of(account(0), account(1), account(2));
      default -> claims.stream().map(Claim::account).toList();
    };
  }

  private AccountId account(int index) {
    return claims.get(index).account();
  }
}
