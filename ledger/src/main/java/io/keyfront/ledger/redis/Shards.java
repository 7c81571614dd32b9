package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.ledger.redis.ClusterLink.Master;
import io.netty.util.concurrent.EventExecutor;
import java.lang.System.Logger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches over every master of a cluster: each is greeted for itself and has signs of life of its
 * own, in the lowest of its slots. On the link's thread but for what says otherwise.
 */
final class Shards implements Watch {
  private static final Logger LOG = System.getLogger(Shards.class.getName());

  private final ClusterLink link;
  private final Recovery.Parts parts;
  private final EventExecutor loop;

  /** By their lowest slots. */
  private final Map<Integer, Shard> shards = new HashMap<>();

  private boolean started;

  /** One master's part, whoever that is now. */
  private static final class Shard {
    private final Site site;
    private final Recovery recovery;
    private boolean meeting;
    private boolean met;
    private CompletableFuture<Void> greeted = new CompletableFuture<>();

    Shard(Site site, Recovery recovery) {
      this.site = site;
      this.recovery = recovery;
    }
  }

  Shards(ClusterLink link, Recovery.Parts parts) {
    this.link = link;
    this.parts = parts;
    this.loop = parts.loop();
    link.tell(this::strange, this::follow);
  }

  /** Another one answers there, or it was restarted. */
  private void strange(Object server) {
    for (Shard shard : shards.values()) {
      if (shard.site.server().equals(server)) {
        shard.met = false;
      }
    }
  }

  /** Finds out which masters there are, and meets those that are not known. */
  private void follow() {
    List<Master> masters = link.masters();
    if (masters.isEmpty()) {
      return;
    }
    shards.keySet().retainAll(masters.stream().map(Master::slot).collect(Collectors.toSet()));
    for (Master master : masters) {
      Shard shard = shards.computeIfAbsent(master.slot(), this::shard);
      if (!shard.site.server().equals(master.id())) {
        shard.site.goesTo(master.id());
        shard.met = false;
      }
      if (!shard.met) {
        meet(shard, master);
      }
    }
    Set<Object> servers = masters.stream().map(Master::id).collect(Collectors.toSet());
    parts.pipeline().gates().forgetOthers(servers);
  }

  private Shard shard(int slot) {
    Site site = Site.of(link, slot);
    return new Shard(site, new Recovery(site, parts));
  }

  private void meet(Shard shard, Master master) {
    if (shard.meeting) {
      return;
    }
    shard.meeting = true;
    var _ =
        link.meet(master)
            .whenComplete((met, failure) -> loop.execute(() -> met(shard, master, met, failure)));
  }

  private void met(
      Shard shard, Master master, ClusterLink.@Nullable Met met, @Nullable Throwable failure) {
    shard.meeting = false;
    if (met == null) {
      shard.greeted.completeExceptionally(
          failure != null ? failure : new IllegalStateException("no answer"));
      shard.greeted = new CompletableFuture<>();
      return;
    }
    if (!shard.site.server().equals(master.id()) || !shards.containsValue(shard)) {
      return;
    }
    keeping(met.inspection());
    shard.met = true;
    if (shard.recovery.isOf(met.inspection())) {
      // It had only forgotten its script, or another one had answered.
      return;
    }
    CompletableFuture<Void> greeted = shard.greeted;
    shard.recovery.arrived(met.inspection(), Optional.of(met.fence()));
    var _ =
        shard
            .recovery
            .greeted()
            .whenComplete(
                (any, refused) -> {
                  if (refused == null) {
                    greeted.complete(null);
                  } else {
                    shard.met = false;
                    shard.greeted = new CompletableFuture<>();
                    greeted.completeExceptionally(refused);
                  }
                });
  }

  private static void keeping(Inspection inspection) {
    try {
      inspection.requireKeeping();
    } catch (RedisRefused evicting) {
      LOG.log(Logger.Level.ERROR, evicting.getMessage());
    }
  }

  @Override
  public CompletableFuture<Void> greeted() {
    CompletableFuture<Void> all = new CompletableFuture<>();
    loop.execute(
        () -> {
          follow();
          CompletableFuture<?>[] each =
              shards.values().stream()
                  .map(shard -> shard.greeted)
                  .toArray(CompletableFuture[]::new);
          var _ =
              CompletableFuture.allOf(each)
                  .whenComplete(
                      (done, failure) -> {
                        if (failure == null) {
                          all.complete(null);
                        } else {
                          all.completeExceptionally(failure);
                        }
                      });
        });
    return all;
  }

  @Override
  public void start() {
    loop.execute(
        () -> {
          if (!started) {
            started = true;
            long every = Recovery.EVERY.toMillis();
            var _ = loop.scheduleAtFixedRate(this::tick, every, every, TimeUnit.MILLISECONDS);
          }
        });
  }

  private void tick() {
    follow();
    Collection<Shard> all = shards.values();
    all.stream().filter(shard -> shard.met).forEach(shard -> shard.recovery.beat());
    if (all.stream().anyMatch(shard -> !shard.met || shard.recovery.isUnheard())) {
      link.renew();
    }
  }

  @Override
  public void unopened() {
    loop.execute(() -> shards.values().forEach(shard -> shard.recovery.unopened()));
  }

  @Override
  public void lost(AccountId account) {
    loop.execute(
        () ->
            shards.values().stream()
                .filter(shard -> shard.site.has(account))
                .forEach(shard -> shard.recovery.lost(account)));
  }

  @Override
  public CompletableFuture<Void> farewell(boolean all) {
    CompletableFuture<Void> said = new CompletableFuture<>();
    loop.execute(
        () -> {
          CompletableFuture<?>[] each =
              shards.values().stream()
                  .map(shard -> shard.recovery.farewell(all))
                  .toArray(CompletableFuture[]::new);
          var _ =
              CompletableFuture.allOf(each).whenComplete((done, failure) -> said.complete(null));
        });
    return said;
  }
}
