package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.keyfront.crds.KeyfrontApi;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.operator.serve.OperatorMetrics;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies the settings that a file gives, which the chart writes from its values: at the start,
 * when the file changes, and when nobody has any. It never takes a field from whoever else set it
 * (docs/adr/0018).
 */
public final class GivenSettings implements Runnable {
  /** Who the fields belong to that the file names. */
  public static final String MANAGER = "keyfront-values";

  private static final System.Logger LOG = System.getLogger(GivenSettings.class.getName());
  private static final String NOTHING = "{}";
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(MANAGER)
          .withFieldValidation("Strict")
          .build();

  private final KubernetesClient client;
  private final String namespace;
  private final Path file;
  private final Duration every;
  private final EventWriter events;
  private @Nullable String applied;

  /**
   * @param file holds the spec of KeyfrontSettings as JSON, {@code {}} for none; while it is not
   *     there nothing is done
   * @param every how often it is looked at
   */
  public GivenSettings(
      KubernetesClient client,
      String namespace,
      Path file,
      Duration every,
      OperatorMetrics metrics) {
    this.client = client;
    this.namespace = namespace;
    this.file = file;
    this.every = every;
    this.events = new EventWriter(client, Runnable::run, InstantSource.system(), metrics);
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        turn();
        Thread.sleep(every);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() {
    try {
      Optional<String> file = read();
      if (file.isPresent()) {
        look(file.get());
      }
    } catch (KubernetesClientException refused) {
      tell(SettingsRefusal.of(refused));
    } catch (IOException | IllegalArgumentException unreadable) {
      tell(SettingsRefusal.unreadable());
    }
  }

  private void look(String given) {
    Optional<KeyfrontSettings> there = there();
    if (!given.equals(applied) || there.isEmpty()) {
      if (!given.equals(NOTHING) || there.filter(GivenSettings::isOurs).isPresent()) {
        apply(given, there.isPresent());
      }
      applied = given;
    }
  }

  /** Where there is no file nothing is known of the values, so nothing is taken back either. */
  private Optional<String> read() throws IOException {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  private Optional<KeyfrontSettings> there() {
    return Optional.ofNullable(
        client
            .resources(KeyfrontSettings.class)
            .inNamespace(namespace)
            .withName(KeyfrontSettingsSpec.NAME)
            .get());
  }

  private static boolean isOurs(KeyfrontSettings settings) {
    return settings.getMetadata().getManagedFields().stream()
        .map(ManagedFieldsEntry::getManager)
        .anyMatch(MANAGER::equals);
  }

  private void apply(String given, boolean isThere) {
    Map<?, ?> spec = spec(given);
    if (isThere) {
      change(given);
    } else {
      make(spec);
    }
    LOG.log(Level.INFO, "The settings of the chart's values were applied.");
  }

  private void make(Map<?, ?> spec) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion(KeyfrontApi.API_VERSION);
    object.setKind(KeyfrontSettings.class.getSimpleName());
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(KeyfrontSettingsSpec.NAME)
            .build());
    object.setAdditionalProperty("spec", spec);
    client
        .resource(object)
        .fieldValidation(Validation.STRICT)
        .fieldManager(MANAGER)
        .serverSideApply();
  }

  /**
   * As text, because the client would leave out an empty spec: it takes back all that was given
   * before.
   */
  private void change(String given) {
    client
        .resources(KeyfrontSettings.class)
        .inNamespace(namespace)
        .withName(KeyfrontSettingsSpec.NAME)
        .patch(
            APPLY,
            "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"namespace\":\"%s\",\"name\":\"%s\"},\"spec\":%s}"
                .formatted(
                    KeyfrontApi.API_VERSION,
                    KeyfrontSettings.class.getSimpleName(),
                    namespace,
                    KeyfrontSettingsSpec.NAME,
                    given));
  }

  private Map<?, ?> spec(String given) {
    try {
      return client.getKubernetesSerialization().unmarshal(given, Map.class);
    } catch (RuntimeException unreadable) {
      // Its message would quote the text.
      throw new IllegalArgumentException("The settings are not one JSON object.");
    }
  }

  /** Tried again at the next look; told once in a while. */
  private void tell(SettingsRefusal refusal) {
    KeyfrontSettings about = new KeyfrontSettings();
    about.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(KeyfrontSettingsSpec.NAME)
            .build());
    if (events.warning(about, refusal.reason(), refusal.sentence())) {
      LOG.log(Level.WARNING, refusal.sentence());
    }
  }
}
