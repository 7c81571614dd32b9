package io.keyfront.dataplane.source;

import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Publication;
import java.util.List;
import java.util.Set;

/**
 * A change of what a proxy runs.
 *
 * @param assembly what it runs now
 * @param accepted what was taken over
 * @param removed what is no longer run
 */
public record Swap(Assembly assembly, List<Publication> accepted, Set<PartName> removed) {
  public Swap {
    accepted = List.copyOf(accepted);
    removed = Set.copyOf(removed);
  }
}
