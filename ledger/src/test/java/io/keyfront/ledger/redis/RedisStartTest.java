package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.notice.NoticeStore;
import io.keyfront.ledger.mark.Marks;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RedisStartTest {
  private static final String FAKE = "fake-password-of-a-test";

  private static RedisLedger connect(RedisSettings settings) {
    return RedisLedger.connect(settings, Clock.systemUTC(), Marks.none(), news -> {});
  }

  private static void assertServes(RedisLedger ledger) {
    HoldRequest request =
        new HoldRequest(
            call(),
            List.of(new Claim(AccountId.token("t"), usd(1000))),
            new Amount(1, 1),
            Instant.now().plusSeconds(5));
    assertThat(done(ledger.hold(request))).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void redisThatEvictsIsRefusedWithTheRemedy() {
    try (RedisProcess redis = RedisProcess.started("--maxmemory-policy", "allkeys-lru")) {
      assertThatThrownBy(() -> connect(RedisSettings.of(redis.uri())))
          .isInstanceOf(RedisRefused.class)
          .hasMessageContaining("allkeys-lru")
          .hasMessageContaining("Set maxmemory-policy noeviction.")
          .matches(refused -> !((RedisRefused) refused).isPassing());
    }
  }

  @Test
  void missingPasswordIsTold() {
    try (RedisProcess redis = RedisProcess.withPassword(FAKE)) {
      assertThatThrownBy(() -> connect(RedisSettings.of(redis.uri())))
          .isInstanceOf(RedisRefused.class)
          .hasMessageContaining("NOAUTH");
    }
  }

  @Test
  void wrongPasswordIsToldWithoutIt() {
    try (RedisProcess redis = RedisProcess.withPassword(FAKE)) {
      RedisSettings settings = RedisSettings.of(redis.uri()).withPassword("fake-wrong");

      assertThatThrownBy(() -> connect(settings))
          .isInstanceOf(RedisRefused.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("fake-wrong");
      assertThat(settings.toString()).doesNotContain("fake-wrong");
    }
  }

  @Test
  void theRightPasswordIsLetIn() {
    try (RedisProcess redis = RedisProcess.withPassword(FAKE);
        RedisLedger ledger = connect(RedisSettings.of(redis.uri()).withPassword(FAKE))) {
      assertServes(ledger);
    }
  }

  /** The page's own line, with a password. */
  private static String userOfThePage() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "redis.md"));
    Matcher line = Pattern.compile("(?m)^ACL (SETUSER keyfront .*)$").matcher(page);
    assertThat(line.find()).isTrue();
    return line.group(1).replace("PASSWORD", FAKE);
  }

  @Test
  void theUserOfTheManualIsEnough() throws IOException {
    String rules = userOfThePage();
    try (RedisProcess redis = RedisProcess.started()) {
      redis.ask(connection -> done(acl(connection, rules)));
      RedisSettings settings = RedisSettings.of(redis.uri()).as("keyfront", FAKE);
      try (RedisLedger ledger = connect(settings.closing(Duration.ZERO));
          RedisNotices notices = new RedisNotices(settings)) {
        assertServes(ledger);
        assertThat(done(notices.claim("k", Duration.ofSeconds(5))))
            .isEqualTo(NoticeStore.Claim.MINE);
        done(notices.delivered("k", Duration.ofSeconds(5)));
      }
    }
  }

  @Test
  void onAClusterHeNeedsTwoMore() throws IOException {
    String rules = userOfThePage() + " +cluster|nodes +cluster|myid";
    try (RedisProcess node = RedisProcess.cluster()) {
      node.ask(connection -> done(acl(connection, rules)));
      try (RedisLedger ledger = connect(RedisSettings.of(node.clusterUri()).as("keyfront", FAKE))) {
        assertServes(ledger);
      }
    }
  }

  @Test
  void heSeesThatRedisEvicts() throws IOException {
    String rules = userOfThePage();
    try (RedisProcess redis = RedisProcess.started("--maxmemory-policy", "allkeys-lru")) {
      redis.ask(connection -> done(acl(connection, rules)));
      assertThatThrownBy(() -> connect(RedisSettings.of(redis.uri()).as("keyfront", FAKE)))
          .isInstanceOf(RedisRefused.class)
          .hasMessageContaining("noeviction");
    }
  }

  private static AsyncCommand<String, String, String> acl(
      StatefulRedisConnection<String, String> connection, String words) {
    CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
    Stream.of(words.split(" ")).forEach(args::add);
    AsyncCommand<String, String, String> command =
        new AsyncCommand<>(
            new Command<>(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), args));
    connection.dispatch(command);
    return command;
  }

  @Test
  void redisThatIsNotThereIsToldByItsAddressAlone() {
    assertThatThrownBy(() -> connect(RedisSettings.of("redis://someone:" + FAKE + "@127.0.0.1:1")))
        .isInstanceOf(RedisRefused.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining(FAKE);
  }

  @Test
  void whatIsNoUriIsRefusedWithExamples() {
    assertThatThrownBy(() -> connect(RedisSettings.of("http://someone:" + FAKE + "@host")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis-sentinel://")
        .hasMessageNotContaining(FAKE);
  }

  @Test
  void theLeaseMayBeNamedAndIsNotPartOfTheAddress() {
    RedisSettings settings = RedisSettings.of("redis://127.0.0.1:6379/1?lease=15s");

    assertThat(settings.uri()).isEqualTo("redis://127.0.0.1:6379/1");
    assertThat(settings.rules().lease()).hasSeconds(15);
    assertThat(settings.rules().memory()).isEqualTo(Account.Rules.DEFAULT.memory());
    assertThat(RedisSettings.of("redis://127.0.0.1").rules()).isEqualTo(Account.Rules.DEFAULT);
  }

  @Test
  void theMasterIsFoundBySentinel() {
    try (RedisProcess redis = RedisProcess.started();
        RedisProcess sentinel = RedisProcess.sentinelOf(redis);
        RedisLedger ledger =
            connect(
                RedisSettings.of("redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#ledger"))) {
      assertServes(ledger);
    }
  }
}
