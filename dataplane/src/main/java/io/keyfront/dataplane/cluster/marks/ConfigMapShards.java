package io.keyfront.dataplane.cluster.marks;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.keyfront.dataplane.cluster.api.Unanswered;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Shards as ConfigMaps of the proxies' namespace, each known by its name. */
final class ConfigMapShards implements MarkShards {
  static final String LABEL = "keyfront.io/marks";
  private static final String KEY = "marks";
  private static final String EPOCH = "keyfront.io/ledger-epoch";

  /** As each may have 1 MiB. */
  private static final long PAGE = 16;

  private static final List<String> NAMES =
      IntStream.range(0, ClusterMarks.SHARDS)
          .mapToObj(shard -> String.format(Locale.ROOT, "keyfront-marks-%02d", shard))
          .toList();

  private final KubernetesClient client;
  private final String namespace;

  ConfigMapShards(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  static String name(int shard) {
    return NAMES.get(shard);
  }

  /** By their names, as whoever takes a label away must not hide a mark. */
  @Override
  public Map<Integer, Stored> all() throws IOException {
    Map<Integer, Stored> all = new HashMap<>();
    String next = "";
    do {
      ConfigMapList page = page(next);
      for (ConfigMap map : page.getItems()) {
        int shard = NAMES.indexOf(map.getMetadata().getName());
        if (shard >= 0) {
          all.put(shard, stored(map));
        }
      }
      next = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
    } while (!next.isEmpty());
    return all;
  }

  private ConfigMapList page(String next) throws IOException {
    ListOptions page = new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
    try {
      return client.configMaps().inNamespace(namespace).list(page);
    } catch (KubernetesClientException failed) {
      throw new Unanswered(failed);
    }
  }

  @Override
  public Optional<Stored> read(int shard) throws IOException {
    try {
      return Optional.ofNullable(resource(shard).get()).map(ConfigMapShards::stored);
    } catch (KubernetesClientException failed) {
      throw new Unanswered(failed);
    }
  }

  private Resource<ConfigMap> resource(int shard) {
    return client.configMaps().inNamespace(namespace).withName(name(shard));
  }

  private static Stored stored(ConfigMap map) {
    String text = map.getBinaryData() == null ? null : map.getBinaryData().get(KEY);
    Map<String, String> notes = map.getMetadata().getAnnotations();
    String epoch = notes == null ? null : notes.get(EPOCH);
    return new Stored(
        map.getMetadata().getResourceVersion(),
        text == null ? new byte[0] : Base64.getDecoder().decode(text),
        epoch == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(epoch)));
  }

  @Override
  public Optional<String> write(Wanted wanted) throws IOException {
    ConfigMap map = map(wanted);
    try {
      ConfigMap now =
          wanted.version().isEmpty()
              ? client.configMaps().inNamespace(namespace).resource(map).create()
              : client.configMaps().inNamespace(namespace).resource(map).update();
      return Optional.of(now.getMetadata().getResourceVersion());
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == HttpURLConnection.HTTP_CONFLICT
          || (failed.getCode() == HttpURLConnection.HTTP_NOT_FOUND
              && !wanted.version().isEmpty())) {
        return Optional.empty();
      }
      throw new Unanswered(failed);
    }
  }

  private ConfigMap map(Wanted wanted) {
    var metadata =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name(wanted.shard()))
            .addToLabels(LABEL, "true");
    if (!wanted.version().isEmpty()) {
      metadata.withResourceVersion(wanted.version());
    }
    if (wanted.epoch().isPresent()) {
      metadata.addToAnnotations(EPOCH, Long.toString(wanted.epoch().getAsLong()));
    }
    return metadata
        .endMetadata()
        .addToBinaryData(KEY, Base64.getEncoder().encodeToString(wanted.marks()))
        .build();
  }

  @Override
  public String place() {
    return "ConfigMaps keyfront-marks-* of namespace " + namespace;
  }
}
