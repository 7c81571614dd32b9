package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Ends a call, or takes a request back; kept until it is acknowledged. */
final class SettleOperation extends Operation {
  private static final int CODE = 2;

  /** The script's for a kind whose call was served while the ledger did not answer. */
  private static final int UNHEARD = 4;

  /** For what may have been heard before data was lost. */
  private static final int AGAIN = 6;

  private final Ending ending;
  private final long epoch;
  private final Consumer<SettleOperation> unanswered;
  private final CompletableFuture<Outcome> done = new CompletableFuture<>();
  private volatile long heard;

  /** What became of a settlement in the first account, in the script's order. */
  enum Outcome {
    FORGOTTEN,
    COUNTED,
    REPEATED
  }

  /** How. */
  enum Kind {
    RELEASED(0),
    KNOWN(1),
    IN_DOUBT(2),
    /** Released, but the call may be asked again: where one of several accounts had no room. */
    WITHDRAWN(3);

    /** The script's name for it. */
    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /**
   * What is to be told.
   *
   * @param admitted microseconds of the epoch
   * @param sum whether {@link AccountId#EVERYTHING} is counted along
   * @param held by the call, where the ledger had admitted it
   */
  record Ending(
      HoldId call,
      List<AccountId> accounts,
      Kind kind,
      Amount charge,
      long input,
      long output,
      long admitted,
      boolean sum,
      Amount held) {

    static Ending of(Hold hold, Settlement settlement, boolean sum, Amount held) {
      HoldId call = hold.id();
      List<AccountId> accounts = hold.accounts();
      long admitted = Micros.of(hold.admittedAt());
      return switch (settlement) {
        case Settlement.Released released -> released(call, accounts, Kind.RELEASED);
        case Settlement.Known(Usage usage, Amount charge) ->
            new Ending(
                call,
                accounts,
                Kind.KNOWN,
                charge,
                tokens(usage.totalInput()),
                tokens(usage.output()),
                admitted,
                sum,
                held);
        case Settlement.InDoubt(Usage proved, Amount charge) ->
            new Ending(
                call,
                accounts,
                Kind.IN_DOUBT,
                charge,
                tokens(proved.totalInput()),
                tokens(proved.output()),
                admitted,
                sum,
                held);
      };
    }

    static Ending released(HoldId call, List<AccountId> accounts, Kind kind) {
      return new Ending(call, accounts, kind, Amount.ZERO, 0, 0, 0, false, Amount.ZERO);
    }

    /** Only what is charged may come long after its call. */
    private int code() {
      return switch (kind) {
        case KNOWN, IN_DOUBT -> kind.code + (call.isUnheard() ? UNHEARD : 0);
        case RELEASED, WITHDRAWN -> kind.code;
      };
    }

    private static long tokens(long counted) {
      return Math.clamp(counted, 0, Amount.MOST);
    }
  }

  /**
   * @param epoch of the ledger that it was told to first
   * @param unanswered takes the operation when there was no answer in time
   */
  SettleOperation(Ending ending, long epoch, Consumer<SettleOperation> unanswered) {
    this.ending = ending;
    this.epoch = epoch;
    this.unanswered = unanswered;
  }

  /** One that was heard, told to a ledger that may have lost it. */
  static SettleOperation again(Ending ending, Consumer<SettleOperation> unanswered) {
    return new SettleOperation(ending, Long.MIN_VALUE, unanswered);
  }

  Ending ending() {
    return ending;
  }

  /** The server's clock when it was heard, in microseconds of the epoch. */
  long heard() {
    return heard;
  }

  CompletableFuture<Outcome> done() {
    return done;
  }

  @Override
  boolean isUrgent() {
    return false;
  }

  @Override
  List<AccountId> accounts() {
    return ending.accounts();
  }

  @Override
  void write(BatchWriter out) {
    boolean again = epoch != out.epoch();
    out.command(again ? AGAIN : CODE, ending.call(), ending.accounts())
        .number(ending.code())
        .number(ending.charge().nanoUsd())
        .number(ending.charge().tokens())
        .number(ending.input())
        .number(ending.output())
        .number(ending.admitted());
    if (ending.sum()) {
      out.also(AccountId.EVERYTHING);
    } else {
      out.none();
    }
    if (again) {
      out.number(ending.held().nanoUsd()).number(ending.held().tokens());
    }
  }

  @Override
  void answer(ByteBuffer reply, long clock) {
    int outcome = (int) reply.getDouble();
    heard = clock;
    done.complete(
        switch (outcome) {
          case 0 -> Outcome.FORGOTTEN;
          case 1 -> Outcome.COUNTED;
          default -> Outcome.REPEATED;
        });
  }

  @Override
  void fail(String why) {
    unanswered.accept(this);
  }
}
