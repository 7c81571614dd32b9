package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Mark;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.mark.Sighting;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody waits for Redis for longer than is promised, however it hangs. */
class PatienceTest {
  /** What is promised is 250 ms; a busy machine takes its time to notice. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final EventExecutor loop = new DefaultEventExecutor();

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /**
   * A cluster that has never heard of anybody, of servers named by accounts: by what is before a
   * dash.
   */
  private final class Cluster implements Link {
    private final Set<String> hanging;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Consumer<String> asked = server -> {};

    Cluster(String... hanging) {
      this.hanging = Set.of(hanging);
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public boolean slotted() {
      return true;
    }

    @Override
    public CompletionStage<byte[]> call(Gate gate, List<byte[]> keys, byte[] batch) {
      calls.incrementAndGet();
      asked.accept(server(keys.getFirst()));
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      if (!hanging.contains(server(keys.getFirst()))) {
        long millis = 60;
        var _ = loop.schedule(() -> answer.complete(tooLow()), millis, TimeUnit.MILLISECONDS);
      }
      return answer;
    }

    /** Of an account of which nothing is known. */
    private byte[] tooLow() {
      ByteBuffer answer = ByteBuffer.allocate(100 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      answer.putDouble(0).putDouble(3);
      return answer.array();
    }

    @Override
    public String server(byte[] key) {
      String name = new String(key, US_ASCII);
      int dash = name.indexOf('-');
      return dash < 0 ? name : name.substring(0, dash);
    }

    @Override
    public void strange(Object server) {}

    @Override
    public void renew() {}
  }

  /** On a disk that is never slow. */
  private static final class QuickMarks implements Marks {
    @Override
    public Optional<Mark> of(AccountId account) {
      return Optional.empty();
    }

    @Override
    public Map<AccountId, Mark> all() {
      return Map.of();
    }

    @Override
    public CompletionStage<Void> raise(AccountId account, Mark mark) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<Sighting> seen() {
      return Optional.empty();
    }

    @Override
    public void saw(Sighting sighting) {}
  }

  private Asker asker(Link link) {
    ServerClock clock = new ServerClock(Clock.systemUTC());
    Pipeline pipeline = new Pipeline(link, loop, Account.Rules.DEFAULT, clock, () -> 0);
    pipeline.gates().enter(Gate.OPEN);
    Marks marks = new QuickMarks();
    Raising raising = new Raising(pipeline, marks);
    return new Asker(pipeline, clock, Clock.systemUTC(), marks, raising, account -> {}, () -> {});
  }

  private static HoldRequest request(String token) {
    return new HoldRequest(
        call(),
        List.of(new Claim(AccountId.token(token), usd(1_000_000))),
        new Amount(600, 10),
        Instant.now().plusSeconds(30));
  }

  @Test
  void theBoundIsWhatIsPromised() {
    long most = UnderWay.TIMEOUT_NANOS + TimeUnit.MILLISECONDS.toNanos(Pipeline.TICK_MILLIS);

    assertThat(Duration.ofNanos(most)).isLessThan(Duration.ofMillis(250));
  }

  @Test
  void aMarkThatIsTooLowAgainAndAgainTakesNoLongerThanOneAnswerMay() {
    Cluster link = new Cluster();
    Instant asked = Instant.now();

    Asker.Answer answer = done(asker(link).ask(request("t"), Asker.Spent.NOTHING));

    assertThat(answer.admission()).isInstanceOf(Admission.Unavailable.class);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(SOON);
    // Four answers' time; one more where this thread was held up, and not all of the fifty rounds.
    assertThat(link.calls).hasValueLessThan(10);
  }

  @Test
  void whatACallHasWaitedForBeforeCountsForTheNextQuestion() {
    ServerClock clock = new ServerClock(Clock.systemUTC());
    long before = UnderWay.TIMEOUT_NANOS;

    Operation first = new HoldOperation(request("t"), List.of(), clock, 0);
    Operation next = new HoldOperation(request("t"), List.of(), clock, before);

    long soon = System.nanoTime() + 1_000;
    assertThat(next.isOverdue(soon)).isTrue();
    assertThat(next.waited()).isGreaterThan(before);
    assertThat(first.isOverdue(soon)).isFalse();
    assertThat(first.isOverdue(soon + before)).isTrue();
  }

  @Test
  void marksHaveOneSecondInAll() {
    assertThat(Asker.Spent.NOTHING.marksLeft()).isEqualTo(1_000_000_000L);
    assertThat(new Asker.Spent(5, 400_000_000L).marksLeft()).isEqualTo(600_000_000L);
    assertThat(new Asker.Spent(5, 2_000_000_000L).marksLeft()).isEqualTo(1);
  }

  /** More than are sent at one time, so that the others wait in the line. */
  @Test
  void whoeverWaitsBehindCallsThatHangIsToldInTimeToo() {
    Asker asker = asker(new Cluster(names(200)));
    Instant asked = Instant.now();
    List<CompletableFuture<Asker.Answer>> answers = new ArrayList<>();
    for (String name : names(200)) {
      answers.add(asker.ask(request(name.substring(6, name.length() - 1)), Asker.Spent.NOTHING));
    }

    answers.forEach(
        answer -> assertThat(done(answer).admission()).isInstanceOf(Admission.Unavailable.class));

    assertThat(Duration.between(asked, Instant.now())).isLessThan(SOON);
  }

  private static String[] names(int many) {
    return IntStream.range(0, many).mapToObj("kf:{t:%d}"::formatted).toArray(String[]::new);
  }

  @Test
  void aServerThatHangsHoldsUpNoOther() {
    Cluster link = new Cluster("kf:{t:hangs}");
    Asker asker = asker(link);
    // The first to be told may have waited a moment before it was sent.
    done(asker.ask(request("hangs"), Asker.Spent.NOTHING));
    done(asker.ask(request("hangs"), Asker.Spent.NOTHING));
    int before = link.calls.get();

    done(asker.ask(request("hangs"), Asker.Spent.NOTHING));
    assertThat(link.calls).as("it is not asked while it hangs").hasValue(before);

    done(asker.ask(request("other"), Asker.Spent.NOTHING));
    assertThat(link.calls).hasValueGreaterThan(before);
  }

  /** Also before it is known that it does: more than may be under way at one server. */
  @Test
  void aServerThatHangsHoldsUpNoOtherHoweverManyAskIt() {
    Cluster link = new Cluster("kf:{t:hangs");
    Asker asker = asker(link);
    List<CompletableFuture<Asker.Answer>> hanging = new ArrayList<>();
    AtomicLong toldBefore = new AtomicLong(-1);
    link.asked =
        server -> {
          if (server.equals("kf:{t:other}")) {
            long told = hanging.stream().filter(CompletableFuture::isDone).count();
            toldBefore.compareAndSet(-1, told);
          }
        };
    for (int i = 0; i < 200; i++) {
      hanging.add(asker.ask(request("hangs-" + i), Asker.Spent.NOTHING));
    }

    done(asker.ask(request("other"), Asker.Spent.NOTHING));

    assertThat(toldBefore.get())
        .as("those who waited no more when it was asked; -1 where it never was")
        .isBetween(0L, 199L);
    hanging.forEach(
        answer -> assertThat(done(answer).admission()).isInstanceOf(Admission.Unavailable.class));
    assertThat(link.calls).as("at most 64 at one server").hasValueLessThan(64 + 10);
  }
}
