package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Window;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One of the commands that put right what a loss of data left; answered with a few numbers. */
final class MendOperation extends Operation {
  private static final HoldId NO_CALL = new HoldId("", 0);

  private final Object place;
  private final List<AccountId> accounts;
  private final Consumer<BatchWriter> command;
  private final int many;
  private final CompletableFuture<Told> told = new CompletableFuture<>();

  /**
   * What the script said.
   *
   * @param clock the server's, in microseconds of the epoch
   */
  record Told(List<Long> numbers, long clock) {
    long first() {
      return numbers.getFirst();
    }
  }

  private MendOperation(List<AccountId> accounts, int many, Consumer<BatchWriter> command) {
    this(accounts.getFirst(), accounts, many, command);
  }

  private MendOperation(
      Object place, List<AccountId> accounts, int many, Consumer<BatchWriter> command) {
    this.place = place;
    this.accounts = accounts;
    this.many = many;
    this.command = command;
  }

  /** Holds again what was held. */
  static MendOperation restore(Hold hold, List<AccountId> accounts) {
    return new MendOperation(
        accounts,
        1,
        out ->
            out.command(5, hold.id(), accounts)
                .number(hold.amount().nanoUsd())
                .number(hold.amount().tokens())
                .number(Micros.of(hold.admittedAt())));
  }

  /**
   * Charges what a mark bounds and the account lacks.
   *
   * @param now the server's clock
   */
  static MendOperation seed(AccountId account, Mark mark, boolean onlyAbsent, long now) {
    return new MendOperation(
        List.of(account),
        1,
        out -> {
          out.command(7, NO_CALL, List.of(account))
              .number(mark.epoch())
              .number(mark.raised())
              .number(onlyAbsent ? 1 : 0);
          for (Window window : Window.ALL) {
            Mark.Part part = mark.at(window, Micros.instant(now));
            out.number(part.start()).number(part.most().nanoUsd()).number(part.most().tokens());
          }
        });
  }

  /** Takes back what marks charged. */
  static MendOperation credit(AccountId account, Amount most) {
    return new MendOperation(
        List.of(account),
        2,
        out ->
            out.command(8, NO_CALL, List.of(account)).number(most.nanoUsd()).number(most.tokens()));
  }

  /**
   * Gives a sign of life, where the last one is still there: else its loss would be hidden; closes
   * budgets; and tells what is there of both.
   *
   * @param beats 1 more than the last one, or 0 for none
   * @param grace for how many microseconds budgets are closed where nobody has said so; or -1
   * @param again also where they have been opened since
   */
  static MendOperation beat(Site.Signs signs, long beats, long grace, boolean again) {
    return new MendOperation(
        signs.place(),
        List.of(AccountId.EVERYTHING),
        3,
        out -> {
          signs.write(out.command(9, NO_CALL, List.of()));
          out.number(beats).number(grace).number(again ? 1 : 0);
        });
  }

  /** Fails where there was no answer in time. */
  CompletableFuture<Told> told() {
    return told;
  }

  @Override
  List<AccountId> accounts() {
    return accounts;
  }

  @Override
  Object place() {
    return place;
  }

  @Override
  void write(BatchWriter out) {
    command.accept(out);
  }

  @Override
  void answer(ByteBuffer reply, long clock) {
    Long[] numbers = new Long[many];
    for (int i = 0; i < many; i++) {
      numbers[i] = (long) reply.getDouble();
    }
    told.complete(new Told(List.of(numbers), clock));
  }

  @Override
  void fail(String why) {
    told.completeExceptionally(new IllegalStateException("Redis does not answer: " + why));
  }
}
