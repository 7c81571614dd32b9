package io.keyfront.e2e.chaos;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The agents: each makes one call after the other until its time is over. */
final class Crowd {
  static final int AGENTS = 200;

  /** After its time an agent hears an answer out for so long. */
  private static final Duration OVERTIME = Duration.ofSeconds(12);

  private final List<Thread> agents = new ArrayList<>();
  private final Tally tally;
  private final List<InetSocketAddress> proxies;
  private final long until;

  Crowd(ChaosOptions options, List<InetSocketAddress> proxies, Tally tally) {
    this.tally = tally;
    this.proxies = proxies;
    this.until = System.nanoTime() + options.load().toNanos();
    for (int i = 0; i < AGENTS; i++) {
      Random random = new Random(options.seed() * 1_000_003 + i);
      agents.add(Thread.ofVirtual().name("agent-" + i).start(() -> call(random)));
    }
  }

  private void call(Random random) {
    while (System.nanoTime() - until < 0) {
      AgentCall next = AgentCall.draw(random);
      InetSocketAddress proxy = proxies.get(random.nextInt(proxies.size()));
      String outcome = Exchange.run(next, proxy, until + OVERTIME.toNanos(), tally);
      tally.count(outcome);
      boolean served = outcome.startsWith("200");
      Patience.pause(Duration.ofMillis(served ? random.nextInt(60) : 50 + random.nextInt(350)));
    }
  }

  /** Waits until the last has gone home. */
  void join() {
    for (Thread agent : agents) {
      try {
        agent.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
