package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Standing;
import io.keyfront.ledger.redis.RedisRefused;
import io.keyfront.operator.testing.TestRedis;
import io.keyfront.operator.usage.LedgerSource;
import io.keyfront.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The options {@code --ledger} and {@code --ledger-ca}, with a Redis that speaks TLS only. */
class LedgerTlsTest {
  private static final TestCertificates OURS = TestCertificates.create();

  private final TestRedis redis = TestRedis.startTls(OURS);
  private @TempDir Path folder = Path.of("");

  @AfterEach
  void end() {
    redis.close();
  }

  private LedgerSource source(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--ledger=rediss://localhost:" + redis.port());
    OperatorCommand command = new OperatorCommand();
    var unused = new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command.ledger().orElseThrow();
  }

  private String ca(TestCertificates authority) throws IOException {
    return "--ledger-ca=" + Files.writeString(folder.resolve("ca.crt"), authority.caPem());
  }

  @Test
  void spendIsReadFromARedisOfThePrivateAuthorityThatIsNamed() throws IOException {
    LedgerSource source = source(ca(OURS));

    LedgerSource.Open open = await().ignoreExceptions().until(source::open, one -> true);

    try (open) {
      Standing nobodys =
          open.ledger().standing(AccountId.token("nobody")).toCompletableFuture().join();
      assertThat(nobodys.inFlight()).isZero();
    }
  }

  @Test
  void redisOfAnotherAuthorityIsNotAsked() throws IOException {
    LedgerSource source = source(ca(TestCertificates.create()));

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(source::open)
                    .isInstanceOf(RedisRefused.class)
                    .hasMessageContaining("Signature does not match"));
  }

  @Test
  void withoutTheOptionThoseOfTheSystemCount() {
    LedgerSource source = source();

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(source::open)
                    .isInstanceOf(RedisRefused.class)
                    .hasMessageContaining("unable to find valid certification path"));
  }
}
