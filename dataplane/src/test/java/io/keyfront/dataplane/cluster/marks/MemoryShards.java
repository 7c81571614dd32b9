package io.keyfront.dataplane.cluster.marks;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a cluster keeps: shards with versions, and a switch to turn it off. */
final class MemoryShards implements MarkShards {
  private final Map<Integer, Stored> shards = new HashMap<>();
  private boolean away;
  private int writes;

  @Override
  public synchronized Map<Integer, Stored> all() throws IOException {
    answer();
    return Map.copyOf(shards);
  }

  @Override
  public synchronized Optional<Stored> read(int shard) throws IOException {
    answer();
    return Optional.ofNullable(shards.get(shard));
  }

  @Override
  public synchronized Optional<String> write(Wanted wanted) throws IOException {
    answer();
    Stored before = shards.get(wanted.shard());
    if (!wanted.version().equals(before == null ? "" : before.version())) {
      return Optional.empty();
    }
    String version = "written " + ++writes;
    shards.put(wanted.shard(), new Stored(version, wanted.marks(), wanted.epoch()));
    return Optional.of(version);
  }

  private void answer() throws IOException {
    if (away) {
      throw new IOException("the API server is away");
    }
  }

  synchronized Map<Integer, Stored> shards() {
    return Map.copyOf(shards);
  }

  synchronized void put(int shard, byte[] bytes) {
    shards.put(shard, new Stored("9", bytes, OptionalLong.empty()));
  }

  synchronized void setAway(boolean gone) {
    away = gone;
  }

  @Override
  public String place() {
    return "memory";
  }
}
