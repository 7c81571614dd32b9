package io.keyfront.e2e.chaos;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The long form, by hand: {@code e2e/chaos}. Exits with 0, with 1 when a promise is broken, with 2
 * when there was no attack.
 */
public final class ChaosMain {
  private static final int NO_ATTACK = 2;
  private static final int SEEDS = 1_000_000;

  private ChaosMain() {}

  public static void main(String[] words) {
    System.exit(run(words));
  }

  private static int run(String... words) {
    ChaosOptions options;
    try {
      options = ChaosOptions.parse(ThreadLocalRandom.current().nextInt(SEEDS), words);
    } catch (IllegalArgumentException wrong) {
      System.err.println("chaos: " + wrong.getMessage());
      return NO_ATTACK;
    }
    try {
      Verdict verdict = ChaosRun.run(options, System.out::println);
      System.out.println();
      System.out.print(verdict.report());
      return verdict.holds() ? 0 : 1;
    } catch (IllegalStateException failed) {
      System.err.println("chaos: " + failed.getMessage());
      return NO_ATTACK;
    }
  }
}
