package io.keyfront.operator.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.compiler.Rules;
import io.keyfront.core.session.Authorities;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.CommonBook;
import io.keyfront.operator.plan.Plans;
import io.keyfront.operator.plan.TokenBook;
import io.keyfront.operator.serve.OperatorMetrics;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Puts together what publishes; runs until it is interrupted. */
public final class Publisher implements Runnable, AutoCloseable {
  /** So many parts are written at once. */
  private static final int WRITERS = 4;

  private final ExecutorService writers =
      Executors.newFixedThreadPool(
          WRITERS, Thread.ofPlatform().daemon().name("publish-", 0).factory());
  private final Rounds rounds;

  /**
   * What a publisher works with.
   *
   * @param authorities who signs, as far as is known now
   * @param ready whether everything was seen once
   */
  public record Inputs(
      World world,
      Signals signals,
      Plans plans,
      PublishedParts published,
      Rules rules,
      Supplier<Authorities> authorities,
      Triggers triggers,
      InstantSource clock,
      OperatorMetrics metrics,
      BooleanSupplier ready) {}

  public Publisher(KubernetesClient client, String namespace, Inputs in) {
    PartWriter writer = new PartWriter(client, namespace, in.published, in.clock, in.metrics);
    rounds =
        new Rounds(
            new Rounds.Parts(
                in.world,
                in.signals,
                new CommonBook(in.world, in.rules, in.authorities),
                new TokenBook(in.world, in.rules),
                in.plans,
                in.published,
                in.clock,
                in.metrics),
            new Publication(writer, writers, in.metrics),
            new SecretReader(client, in.world.secrets()),
            in.triggers,
            in.ready);
  }

  @Override
  public void run() {
    rounds.run();
  }

  @Override
  public void close() {
    writers.shutdownNow();
  }
}
