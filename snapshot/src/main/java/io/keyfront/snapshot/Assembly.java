package io.keyfront.snapshot;

import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts that a proxy runs, each the last good one of its name. Immutable; what changes gives
 * another assembly.
 */
public final class Assembly {
  /** No part, and so no base. */
  public static final Assembly EMPTY = new Assembly(new TreeMap<>(), new TreeMap<>(), Shards.EMPTY);

  private static final Comparator<Credential> BY_ID =
      Comparator.comparing(credential -> credential.id().toString());

  private final SortedMap<PartName, Loaded> parts;
  private final SortedMap<PartName, Refusal> refusals;
  private final Shards shards;

  /** Made when it is asked for; equal whoever makes it, so threads need not agree. */
  private @Nullable Snapshot snapshot;

  private record Loaded(Part part, long sequence, String digest) {}

  /**
   * A publication that was not taken over.
   *
   * @param sequence of the publication
   * @param why a sentence without secrets
   */
  public record Refusal(long sequence, String why) {}

  private Assembly(
      SortedMap<PartName, Loaded> parts, SortedMap<PartName, Refusal> refusals, Shards shards) {
    this.parts = parts;
    this.refusals = refusals;
    this.shards = shards;
  }

  /** The same with a part in the place of its predecessor. */
  public Assembly with(Part part, long sequence) {
    return with(part, sequence, Sha256.hex(PartCodec.encode(part)));
  }

  /**
   * The same with what was received: taken over whole, or refused while its predecessor stays.
   *
   * @param bytes as {@link PartCodec} writes them
   */
  public Assembly received(PartName name, long sequence, byte[] bytes) {
    return received(List.of(new Publication(name, sequence, bytes)));
  }

  /**
   * The same with all that was received at one time, each part by itself. They are read at the same
   * time where there are processors for it: a proxy that starts has many to read.
   */
  public Assembly received(List<Publication> publications) {
    Assembly all = this;
    for (Reading reading : publications.parallelStream().map(this::read).toList()) {
      all =
          switch (reading) {
            case Reading.Whole(Part part, long sequence, String digest) ->
                all.with(part, sequence, digest);
            case Reading.Wrong(PartName name, long sequence, String why) ->
                all.refused(name, sequence, why);
          };
    }
    return all;
  }

  private Reading read(Publication publication) {
    String digest = Sha256.hex(publication.bytes());
    Loaded known = parts.get(publication.name());
    return known != null && known.digest().equals(digest)
        ? new Reading.Whole(known.part(), publication.sequence(), digest)
        : Reading.of(publication, digest);
  }

  private Assembly with(Part part, long sequence, String digest) {
    SortedMap<PartName, Loaded> others = new TreeMap<>(parts);
    SortedMap<PartName, Refusal> left = new TreeMap<>(refusals);
    left.remove(part.name());
    Loaded before = others.put(part.name(), new Loaded(part, sequence, digest));
    boolean same = before != null && before.part() == part;
    return new Assembly(others, left, same ? shards : shards.with(part));
  }

  /**
   * The same without a part. The base stays: a proxy without it serves nobody, so whoever takes it
   * away by mistake must not take everything down.
   */
  public Assembly without(PartName name) {
    if (name.equals(PartName.BASE)) {
      Loaded base = parts.get(name);
      return base == null
          ? this
          : refused(
              name,
              base.sequence(),
              "Part base is gone from its source. The last one stays in use.");
    }
    SortedMap<PartName, Loaded> others = new TreeMap<>(parts);
    SortedMap<PartName, Refusal> left = new TreeMap<>(refusals);
    others.remove(name);
    left.remove(name);
    return new Assembly(others, left, shards.without(name));
  }

  /** The same with a publication that cannot be used; what it was to replace stays. */
  public Assembly refused(PartName name, long sequence, String why) {
    SortedMap<PartName, Refusal> more = new TreeMap<>(refusals);
    more.put(name, new Refusal(sequence, why));
    return new Assembly(parts, more, shards);
  }

  /** Whether a proxy can serve with it at all. */
  public boolean hasBase() {
    return parts.containsKey(PartName.BASE);
  }

  /** Part to sequence of what is in use. */
  public Map<PartName, Long> loaded() {
    Map<PartName, Long> sequences = new TreeMap<>();
    parts.forEach((name, loaded) -> sequences.put(name, loaded.sequence()));
    return sequences;
  }

  /** Parts whose last publication is not in use. */
  public Map<PartName, Refusal> refusals() {
    return new TreeMap<>(refusals);
  }

  /** The part in use. */
  public Optional<Part> part(PartName name) {
    return Optional.ofNullable(parts.get(name)).map(Loaded::part);
  }

  /** What all of it comes to; without a base the empty snapshot. */
  public Snapshot snapshot() {
    Snapshot made = snapshot;
    if (made == null) {
      made = make();
      snapshot = made;
    }
    return made;
  }

  private Snapshot make() {
    Loaded base = parts.get(PartName.BASE);
    if (base == null || !(base.part() instanceof Part.Base shared)) {
      return Snapshot.EMPTY;
    }
    List<Credential> credentials = new ArrayList<>();
    for (Loaded loaded : parts.values()) {
      if (loaded.part() instanceof Part.OneCredential one) {
        credentials.add(one.credential());
      }
    }
    credentials.sort(BY_ID);
    return new Snapshot(
        digest(),
        shards.table(),
        credentials,
        shared.aliases(),
        shared.providers(),
        shared.settings());
  }

  /** Equal for equal parts, whatever their sequences are. */
  private String digest() {
    StringBuilder lines = new StringBuilder();
    parts.forEach(
        (name, loaded) -> lines.append(name).append(' ').append(loaded.digest()).append('\n'));
    return Sha256.hex(lines.toString());
  }
}
