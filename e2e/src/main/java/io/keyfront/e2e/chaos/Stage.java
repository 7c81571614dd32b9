package io.keyfront.e2e.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All the processes of one run. */
final class Stage implements AutoCloseable {
  private static final Duration TO_START = Duration.ofMinutes(2);

  private static final Duration TO_HELP = Duration.ofSeconds(10);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final ProviderProcess provider;
  private final RedisSite redis;
  private final Resources resources;
  private final List<ProxyProcess> proxies;

  Stage(Path folder, Scenario scenario) {
    try {
      Web web = opened(new Web());
      provider = opened(new ProviderProcess(folder, web));
      redis = opened(new RedisSite(folder, scenario == Scenario.FAILOVER));
      resources = new Resources(folder.resolve("resources"), provider.endpoint());
      proxies =
          IntStream.range(0, Plan.PROXIES)
              .mapToObj(
                  number ->
                      opened(
                          new ProxyProcess(folder, number, redis.uri(), resources.folder(), web)))
              .toList();
      Patience.await(
          TO_START, "all proxies start", () -> proxies.stream().allMatch(ProxyProcess::isReady));
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.add(part);
    return part;
  }

  ProviderProcess provider() {
    return provider;
  }

  Resources resources() {
    return resources;
  }

  List<ProxyProcess> proxies() {
    return proxies;
  }

  /** What the ledger says, by any proxy that answers. */
  Optional<Books> books() {
    return proxies.stream().map(Books::read).flatMap(Optional::stream).findFirst();
  }

  /** Makes it happen; returns when it is over. */
  void play(Event event) {
    switch (event) {
      case Event.KillProxy(int number, Duration away) -> kill(proxies.get(number), away);
      case Event.PauseRedis(Duration time) -> redis.pause(time);
      case Event.RestartRedis(Duration away) -> redis.restart(away);
      case Event.EmptyRedis(Duration away) -> redis.restartEmpty(away);
      case Event.FailOver(Duration behind) -> redis.failOver(behind);
      case Event.EditBudget(Purse purse, int thousandths) ->
          resources.declare(purse, edited(purse, thousandths));
    }
  }

  private Limit edited(Purse purse, int thousandths) {
    Limit highest = resources.highest(purse);
    return thousandths < 1000
        ? highest.times(thousandths)
        : highest.plus(Limit.of(purse).times(thousandths - 1000));
  }

  /** Waits for another one to serve, for a while: with none up nobody attacks anything. */
  private void kill(ProxyProcess proxy, Duration away) {
    var unused =
        Patience.comes(
            TO_HELP, () -> proxies.stream().anyMatch(one -> one != proxy && one.isReady()));
    proxy.kill(away);
  }

  @Override
  public void close() {
    for (AutoCloseable part : open.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("While stopping " + part + ": " + e);
      }
    }
  }
}
