package io.keyfront.dataplane.source;

import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Publication;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes what a source says into an assembly. While the source has no base, what else is missing
 * there stays in use: a namespace that is emptied, or a store that comes back empty, takes no
 * configuration down. For one thread.
 */
final class Gathering {
  private final Set<PartName> missing = new HashSet<>();
  private boolean baseGone;
  private Assembly assembly = Assembly.EMPTY;

  Swap take(Map<PartName, Word> words) {
    Set<PartName> before = assembly.loaded().keySet();
    List<Publication> published = published(words);
    assembly = assembly.received(published);
    words.forEach(this::take);
    if (!baseGone) {
      missing.forEach(name -> assembly = assembly.without(name));
      missing.clear();
    }
    Map<PartName, Long> loaded = assembly.loaded();
    Set<PartName> removed = new HashSet<>(before);
    removed.removeAll(loaded.keySet());
    return new Swap(assembly, inUse(published, loaded.keySet()), removed);
  }

  private void take(PartName name, Word word) {
    boolean base = name.equals(PartName.BASE);
    switch (word) {
      case Word.Published published -> missing.remove(name);
      case Word.Unreadable part -> {
        assembly = assembly.refused(name, part.sequence(), part.why());
        missing.remove(name);
      }
      case Word.Gone() -> missing.add(name);
    }
    if (base) {
      baseGone = word instanceof Word.Gone;
      if (baseGone) {
        assembly = assembly.without(name);
        missing.remove(name);
      }
    }
  }

  private static List<Publication> published(Map<PartName, Word> words) {
    List<Publication> published = new ArrayList<>();
    words.forEach(
        (name, word) -> {
          if (word instanceof Word.Published(long sequence, byte[] bytes)) {
            published.add(new Publication(name, sequence, bytes));
          }
        });
    return published;
  }

  private List<Publication> inUse(List<Publication> published, Set<PartName> loaded) {
    Set<PartName> refused = assembly.refusals().keySet();
    return published.stream()
        .filter(part -> loaded.contains(part.name()) && !refused.contains(part.name()))
        .toList();
  }
}
