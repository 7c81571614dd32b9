package io.keyfront.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a proxy says of itself in its Lease's annotations.
 *
 * @param refused part to sentence, without secrets
 */
public record ProxyEcho(LoadedParts loaded, Map<PartName, String> refused) {
  /**
   * A Secret or Lease holds at most 256 KiB of annotations; more refusals than these help no one.
   */
  private static final int MOST_REFUSED = 32;

  public ProxyEcho {
    refused = Map.copyOf(refused);
  }

  /** Both annotations, also those that say nothing, so that what was said is taken back. */
  public Map<String, String> annotations() {
    Map<String, String> sentences = new TreeMap<>();
    refused.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(MOST_REFUSED)
        .forEach(one -> sentences.put(one.getKey().toString(), one.getValue()));
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put(SnapshotSecrets.LOADED, loaded.text());
    annotations.put(SnapshotSecrets.REFUSED, AnnotationJson.write(sentences));
    return annotations;
  }

  /** What annotations say; one that is missing or malformed says nothing. */
  public static ProxyEcho of(Map<String, String> annotations) {
    Map<PartName, String> refused = new TreeMap<>();
    texts(annotations, SnapshotSecrets.REFUSED)
        .forEach((name, why) -> PartName.find(name).ifPresent(part -> refused.put(part, why)));
    return new ProxyEcho(
        LoadedParts.parse(annotations.getOrDefault(SnapshotSecrets.LOADED, "{}"))
            .orElse(LoadedParts.NONE),
        refused);
  }

  private static Map<String, String> texts(Map<String, String> annotations, String name) {
    return AnnotationJson.texts(annotations.getOrDefault(name, "{}")).orElse(Map.of());
  }
}
