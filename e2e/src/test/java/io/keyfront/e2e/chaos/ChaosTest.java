package io.keyfront.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The short form; {@code e2e/chaos} runs longer, and repeats a seed that failed. */
class ChaosTest {
  private static final Duration LOAD = Duration.ofSeconds(60);

  @Test
  void theCeilingHoldsWhileProxiesClientsAndRedisAreKilled() {
    attack(Scenario.BASE);
  }

  @Test
  void theCeilingHoldsWhenAReplicaTakesOverThatLacksTheLastMoments() {
    attack(Scenario.FAILOVER);
  }

  @Test
  void theCeilingHoldsWhenRedisComesBackEmpty() {
    attack(Scenario.EMPTY);
  }

  private static void attack(Scenario scenario) {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);

    Verdict verdict = ChaosRun.run(new ChaosOptions(scenario, seed, LOAD), System.out::println);

    System.out.println(verdict.report());
    assertThat(verdict.broken()).as("seed %d\n%s", seed, verdict.report()).isEmpty();
  }
}
