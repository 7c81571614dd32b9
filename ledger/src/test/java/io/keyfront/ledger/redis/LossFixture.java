package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.MarkFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server with a home folder, as far as the ledger is concerned; keeps a bill of its own. */
final class LossFixture implements AutoCloseable {
  static final AccountId TOKEN = AccountId.token("t");
  static final long LIMIT = 1_000;
  static final Duration GRACE = Duration.ofMillis(600);
  private static final Duration SOON = Duration.ofSeconds(20);

  final MarkFile marks;
  final RedisLedger ledger;
  final List<RedisNews> news = new CopyOnWriteArrayList<>();

  /** When budgets were closed. */
  final List<Instant> closings = new CopyOnWriteArrayList<>();

  /** What providers bill for all that was admitted. */
  long bill;

  LossFixture(String uri, Path home) {
    try {
      marks = MarkFile.open(home);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    ledger =
        RedisLedger.connect(
            RedisSettings.of(uri).closing(GRACE), Clock.systemUTC(), marks, this::heard);
  }

  private void heard(RedisNews next) {
    if (next instanceof RedisNews.Closed) {
      closings.add(Instant.now());
    }
    news.add(next);
  }

  static HoldRequest request(long nano) {
    return new HoldRequest(
        call(),
        List.of(new Claim(TOKEN, usd(LIMIT))),
        new Amount(nano, 10),
        Instant.now().plusSeconds(30));
  }

  Admission ask(long nano) {
    HoldRequest request = request(nano);
    Admission admission = done(ledger.hold(request));
    if (admission instanceof Admission.Unavailable) {
      done(ledger.abandon(request));
    }
    return admission;
  }

  /** Asks without taking back what had no answer: for one that hangs. */
  Admission ask1() {
    return done(ledger.hold(request(1)));
  }

  /** Asks until there is an answer. */
  private Admission answer(long nano) {
    List<Admission> answers = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(
            () -> {
              answers.add(ask(nano));
              return !(answers.getLast() instanceof Admission.Unavailable);
            });
    return answers.getLast();
  }

  /** A call that is under way. */
  Hold held(long nano) {
    return ((Admission.Admitted) answer(nano)).hold();
  }

  /** Ends a call that used so much. */
  void used(Hold hold, long nano) {
    bill += nano;
    done(ledger.settle(hold, known(nano)));
  }

  static Settlement known(long nano) {
    return new Settlement.Known(Usage.of(6, 4), new Amount(nano, 10));
  }

  /** Calls of so much each, until there is no room for more; how many there were. */
  int spendAll(long nano) {
    List<Hold> holds = new ArrayList<>();
    while (true) {
      if (!(answer(nano) instanceof Admission.Admitted(Hold hold, var headroom))) {
        break;
      }
      holds.add(hold);
      used(hold, nano);
    }
    return holds.size();
  }

  /** Redis has all that is known; budgets are open or will be. */
  void awaitRecovered(int times) {
    await()
        .atMost(SOON)
        .until(() -> news.stream().filter(RedisNews.Recovered.class::isInstance).count() >= times);
  }

  long spent() {
    return amount().nanoUsd();
  }

  Amount amount() {
    return done(ledger.standing(TOKEN)).in(Window.TOTAL).spent();
  }

  long reserved() {
    return done(ledger.standing(TOKEN)).in(Window.TOTAL).held().nanoUsd();
  }

  long seeded() {
    return done(ledger.standing(TOKEN)).seeded().nanoUsd();
  }

  /** As a kill would: no farewell. */
  void kill() {
    ledger.disconnectAtOnce();
    marks.close();
  }

  @Override
  public void close() {
    ledger.close();
    marks.close();
  }
}
