package io.keyfront.dataplane.admit;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
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
            routed.identified().received().callId(),
            attempt,
            accounts(
                routed.identified().identity(),
                candidate,
                permitted.targeted().target().provider()),
            routed.identified().received().startedAt().plus(PATIENCE));
    return ledger
        .hold(request)
        .thenApply(
            admission ->
                switch (admission) {
                  case Admission.Admitted(Hold hold) -> new Admitted(permitted, candidate, hold);
                  case Admission.Denied(Fault fault) -> throw new Refused(fault);
                });
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
