package io.keyfront.dataplane.admit;

import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.token.Identity;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permitted;
import io.keyfront.dataplane.route.Routed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks the ledger for room, for one candidate at a time. */
public final class Admitting {
  /** After it the ledger ignores a request for a hold. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Ledger ledger;

  public Admitting(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Holds room for one attempt.
   *
   * @param attempt from 1, the place of the candidate in the order of trying
   * @return fails with {@link Refused} where there is no room
   */
  public CompletionStage<Admitted> admit(Permitted permitted, Candidate candidate, int attempt) {
    Routed routed = permitted.targeted().routed();
    HoldRequest request =
        new HoldRequest(
            new HoldId(routed.identified().received().callId(), attempt),
            claims(
                routed.identified().identity(),
                candidate,
                permitted.targeted().target().provider()),
            Amount.ZERO,
            routed.identified().received().startedAt().plus(PATIENCE));
    return ledger
        .hold(request)
        .thenApply(
            admission ->
                switch (admission) {
                  case Admission.Admitted(Hold hold, Headroom headroom) ->
                      new Admitted(permitted, candidate, hold);
                  case Admission.Denied(Shortage shortage) ->
                      throw new Refused(new CapacityFault.LedgerUnavailable(shortage.toString()));
                  case Admission.Unavailable(String detail) ->
                      throw new Refused(new CapacityFault.LedgerUnavailable(detail));
                });
  }

  private static List<Claim> claims(Identity identity, Candidate candidate, String provider) {
    return accounts(identity, candidate, provider).stream()
        .map(account -> new Claim(account, Limits.NONE))
        .toList();
  }

  private static List<AccountId> accounts(Identity identity, Candidate candidate, String provider) {
    AccountId token = AccountId.token(identity.account());
    return switch (candidate) {
      case Candidate.Mock mock -> List.of(token, AccountId.provider(provider));
      case Candidate.Keyed keyed ->
          List.of(
              token,
              AccountId.credential(keyed.credential().id().toString()),
              AccountId.provider(provider));
    };
  }
}
