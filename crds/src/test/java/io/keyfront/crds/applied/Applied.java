package io.keyfront.crds.applied;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.keyfront.crds.KeyfrontApi;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ModelAlias;
import io.keyfront.crds.Problem;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.testing.RealApiServer;
import java.util.List;
import java.util.Optional;

/** What a real API server says to a resource, and what the records say. */
final class Applied {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /** What the API server puts between a field and the sentence of a rule. */
  private static final String TYPE_BEFORE_SENTENCE =
      "Invalid value: (\"(string|object|array|integer|boolean)\": )?(?=[a-z'])";

  private Applied() {}

  static JsonNode tree(String yaml) {
    return SERIALIZATION.unmarshal(yaml, ObjectNode.class);
  }

  static boolean isOurs(JsonNode resource) {
    return resource.path("apiVersion").asText().equals(KeyfrontApi.API_VERSION);
  }

  /** Asks whether it may be made, without leaving anything behind; why not, where it may not. */
  static Optional<String> refusal(RealApiServer server, String namespace, JsonNode resource) {
    return asked(() -> dryRun(server, namespace, resource).create());
  }

  /** The same for a change of what is there. */
  static Optional<String> refusalOfChange(
      RealApiServer server, String namespace, JsonNode resource) {
    return asked(() -> dryRun(server, namespace, resource).forceConflicts().serverSideApply());
  }

  private static NonDeletingOperation<GenericKubernetesResource> dryRun(
      RealApiServer server, String namespace, JsonNode resource) {
    return server
        .client()
        .resource(generic(resource))
        .inNamespace(namespace)
        .dryRun()
        .fieldValidation(FieldValidateable.Validation.STRICT);
  }

  private static Optional<String> asked(Runnable request) {
    try {
      request.run();
      return Optional.empty();
    } catch (KubernetesClientException refused) {
      return Optional.of(refused.getMessage().replaceAll(TYPE_BEFORE_SENTENCE, ""));
    }
  }

  static void keep(RealApiServer server, String namespace, JsonNode resource) {
    server.client().resource(generic(resource)).inNamespace(namespace).create();
  }

  private static GenericKubernetesResource generic(JsonNode resource) {
    return SERIALIZATION.convertValue(resource, GenericKubernetesResource.class);
  }

  /** What the record says of a resource's spec. */
  static List<Problem> problems(JsonNode resource) {
    return switch (typed(resource)) {
      case MachineToken token -> token.getSpec().problems();
      case ProviderCredential credential -> credential.getSpec().problems();
      case ModelAlias alias -> alias.getSpec().problems();
      case KeyfrontSettings settings -> settings.getSpec().problems();
      default -> throw new IllegalArgumentException("No kind of ours.");
    };
  }

  static CustomResource<?, ?> typed(JsonNode resource) {
    return (CustomResource<?, ?>) SERIALIZATION.convertValue(resource, kind(resource));
  }

  static Class<? extends HasMetadata> kind(JsonNode resource) {
    String name = resource.path("kind").asText();
    return RealApiServer.KINDS.stream()
        .filter(kind -> kind.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no kind of ours."));
  }
}
