package io.keyfront.ledger.local;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Short words for calls of a ledger. */
final class Calls {
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  static final AccountId TOKEN = AccountId.token("default/agent");
  static final AccountId CREDENTIAL = AccountId.credential("default/key");
  static final AccountId PROVIDER = AccountId.provider("openai");
  static final List<AccountId> ALL = List.of(TOKEN, CREDENTIAL, PROVIDER, AccountId.EVERYTHING);

  private Calls() {}

  static Limits budget(long nanoUsd) {
    return Limits.of(
        new Budget(
            OptionalLong.of(nanoUsd), OptionalLong.empty(), Window.TOTAL, OnLedgerLoss.DENY));
  }

  static HoldRequest request(String call, Limits token, long nanoUsd) {
    return new HoldRequest(
        new HoldId(call, 1),
        List.of(
            new Claim(TOKEN, token),
            new Claim(CREDENTIAL, Limits.NONE),
            new Claim(PROVIDER, Limits.NONE)),
        new Amount(nanoUsd, 100),
        Instant.MAX);
  }

  static Hold admitted(Ledger ledger, HoldRequest request) {
    return switch (done(ledger.hold(request))) {
      case Admission.Admitted(Hold hold, var headroom) -> hold;
      case Admission.Denied denied -> throw new AssertionError(denied);
      case Admission.Unavailable unavailable -> throw new AssertionError(unavailable);
    };
  }

  static Settlement known(long nanoUsd) {
    return new Settlement.Known(Usage.of(60, 40), new Amount(nanoUsd, 100));
  }

  static Standing standing(Ledger ledger, AccountId account) {
    return done(ledger.standing(account));
  }

  /** Nano-USD in all. */
  static long spent(Ledger ledger, AccountId account) {
    return standing(ledger, account).in(Window.TOTAL).spent().nanoUsd();
  }

  static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
