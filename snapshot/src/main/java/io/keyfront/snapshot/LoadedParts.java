package io.keyfront.snapshot;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Which publication of each part a proxy runs. */
public record LoadedParts(Map<PartName, Long> sequences) {
  /** Nothing. */
  public static final LoadedParts NONE = new LoadedParts(Map.of());

  public LoadedParts {
    sequences = Map.copyOf(sequences);
  }

  /** The annotation's text: a JSON object, its fields in the order of the names. */
  public String text() {
    Map<String, Object> fields = new TreeMap<>();
    sequences.forEach((name, sequence) -> fields.put(name.toString(), sequence));
    return AnnotationJson.write(fields);
  }

  /**
   * Reads an annotation. A name that is not known is passed over: a newer proxy may run a part that
   * this program does not know, and that is no reason not to believe the rest.
   *
   * @return absent when it is not an object of whole numbers
   */
  public static Optional<LoadedParts> parse(String text) {
    return AnnotationJson.numbers(text).map(LoadedParts::known);
  }

  private static LoadedParts known(Map<String, Long> fields) {
    Map<PartName, Long> known = new TreeMap<>();
    fields.forEach(
        (name, sequence) -> PartName.find(name).ifPresent(part -> known.put(part, sequence)));
    return new LoadedParts(known);
  }

  /** Empty when the part is not run at all. */
  public OptionalLong of(PartName part) {
    Long sequence = sequences.get(part);
    return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
  }

  /** Whether a part is run as it was published with a sequence, or later. */
  public boolean covers(PartName part, long sequence) {
    OptionalLong running = of(part);
    return running.isPresent() && running.getAsLong() >= sequence;
  }
}
