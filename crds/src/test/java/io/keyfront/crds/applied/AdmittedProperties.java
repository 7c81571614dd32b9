package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.keyfront.crds.KeyfrontApi;
import io.keyfront.crds.testing.RealApiServer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever the schema lets in can be read: one odd object must not stop the list that an informer
 * reads with it.
 */
class AdmittedProperties {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ODD = "a:*?.-/ \u00e9\u4e2d\u200b\ud83d\ude00\\\"'{}\n\u0001";

  @Property(tries = 2_000)
  void whatTheSchemaAdmitsIsReadAndJudged(@ForAll long seed) {
    var random = new Random(seed);
    Class<? extends HasMetadata> kind =
        RealApiServer.KINDS.get(random.nextInt(RealApiServer.KINDS.size()));
    var resource = (ObjectNode) any(FullResources.schema(kind), random);
    resource.put("apiVersion", KeyfrontApi.API_VERSION).put("kind", kind.getSimpleName());
    resource.putObject("metadata").put("name", "any").put("namespace", "default");

    var typed = Applied.typed(resource);

    assertThat(typed.getSpec()).isNotNull();
    assertThatCode(() -> Applied.problems(resource)).doesNotThrowAnyException();
  }

  private static JsonNode any(JSONSchemaProps schema, Random random) {
    return switch (schema.getType()) {
      case "object" -> object(schema, random);
      case "array" -> list(schema, random);
      case "integer" -> integer(schema, random);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      default -> JSON.textNode(text(schema, random));
    };
  }

  private static JsonNode object(JSONSchemaProps schema, Random random) {
    ObjectNode made = JSON.objectNode();
    schema
        .getProperties()
        .forEach(
            (name, field) -> {
              // The API server adds what has a default.
              boolean there = schema.getRequired().contains(name) || field.getDefault() != null;
              if (there || random.nextBoolean()) {
                made.set(name, any(field, random));
              }
            });
    if (schema.getAdditionalProperties() != null) {
      made.set("any", any(schema.getAdditionalProperties().getSchema(), random));
    }
    return made;
  }

  private static JsonNode list(JSONSchemaProps schema, Random random) {
    ArrayNode made = JSON.arrayNode();
    long least = schema.getMinItems() == null ? 0 : schema.getMinItems();
    for (long i = 0; i < least + random.nextInt(3); i++) {
      made.add(any(schema.getItems().getSchema(), random));
    }
    return made;
  }

  private static JsonNode integer(JSONSchemaProps schema, Random random) {
    long least = schema.getMinimum().longValue();
    long most = schema.getMaximum().longValue();
    return JSON.numberNode(
        switch (random.nextInt(3)) {
          case 0 -> least;
          case 1 -> most;
          default -> random.nextLong(least, most);
        });
  }

  private static String text(JSONSchemaProps schema, Random random) {
    if (!schema.getEnum().isEmpty()) {
      return schema.getEnum().get(random.nextInt(schema.getEnum().size())).asText();
    }
    var made = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int at = random.nextInt(ODD.length());
      made.append(ODD.charAt(at));
    }
    return made.toString();
  }
}
