package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.crds.applied.FullResources.Place;
import io.keyfront.crds.testing.RealApiServer;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every bound of every field: a real API server refuses what is one beyond it and names the field,
 * and the record finds a problem too.
 */
final class BoundsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A value beyond a bound of a field, and what the API server says. */
  private record Beyond(String bound, JsonNode value, String words) {}

  @TestFactory
  Stream<DynamicTest> valueBeyondABoundIsRefused() {
    RealApiServer server = RealApiServer.get().withCrds();
    return FullResources.places().stream()
        .flatMap(
            place ->
                beyond(place)
                    .map(
                        value ->
                            DynamicTest.dynamicTest(
                                place.name() + " " + place.path() + " " + value.bound(),
                                () -> check(server, place, value))));
  }

  @TestFactory
  Stream<DynamicTest> requiredFieldIsRefusedWhereItIsMissing() {
    RealApiServer server = RealApiServer.get().withCrds();
    return FullResources.places().stream()
        .flatMap(
            place ->
                place.schema().getRequired().stream()
                    .map(
                        name ->
                            DynamicTest.dynamicTest(
                                place.name() + " " + place.path() + "." + name,
                                () -> checkMissing(server, place, name))));
  }

  /** Nothing in the definitions can grow without end. */
  @TestFactory
  Stream<DynamicTest> everyFieldHasABound() {
    return RealApiServer.KINDS.stream()
        .flatMap(
            kind ->
                Schemas.all("", FullResources.schema(kind))
                    .map(
                        field ->
                            DynamicTest.dynamicTest(
                                kind.getSimpleName() + field.path(),
                                () -> assertThat(field.isBounded()).isTrue())));
  }

  /** So that the tests above leave no field out. */
  @TestFactory
  Stream<DynamicTest> everyFieldStandsInAFullResource() {
    Set<String> used =
        FullResources.places().stream()
            .map(place -> place.resource().path("kind").asText() + "." + place.path())
            .collect(Collectors.toSet());
    return RealApiServer.KINDS.stream()
        .flatMap(
            kind ->
                Schemas.all(".spec", FullResources.schema(kind).getProperties().get("spec"))
                    .map(
                        field ->
                            DynamicTest.dynamicTest(
                                kind.getSimpleName() + field.path(),
                                () ->
                                    assertThat(used)
                                        .contains(kind.getSimpleName() + field.path()))));
  }

  private static Stream<Beyond> beyond(Place place) {
    var schema = place.schema();
    JsonNode value = place.resource().at(place.pointer());
    Stream.Builder<Beyond> found = Stream.builder();
    if (schema.getMaxLength() != null) {
      var long_ = JSON.textNode("a".repeat(schema.getMaxLength().intValue() + 1));
      found.add(new Beyond("maxLength", long_, "Too long"));
    }
    if (schema.getMaxItems() != null) {
      found.add(new Beyond("maxItems", repeated(value, schema.getMaxItems() + 1), "Too many"));
    }
    if (schema.getMinItems() != null) {
      found.add(new Beyond("minItems", JSON.arrayNode(), "at least"));
    }
    if (schema.getMaxProperties() != null) {
      found.add(new Beyond("maxProperties", many(schema.getMaxProperties() + 1), "Too many"));
    }
    if (schema.getMaximum() != null) {
      long most = schema.getMaximum().longValue();
      found.add(new Beyond("maximum", JSON.numberNode(most + 1), "less than or equal to"));
    }
    if (schema.getMinimum() != null) {
      long least = schema.getMinimum().longValue();
      found.add(new Beyond("minimum", JSON.numberNode(least - 1), "greater than or equal to"));
    }
    if (!schema.getEnum().isEmpty()) {
      found.add(new Beyond("enum", JSON.textNode("Nonsense"), "Unsupported value"));
    }
    return found.build();
  }

  private static void check(RealApiServer server, Place place, Beyond beyond) {
    JsonNode broken = with(place, beyond.value());

    assertThat(Applied.refusal(server, "default", broken))
        .hasValueSatisfying(why -> assertThat(why).contains(place.path(), beyond.words()));
    assertThat(Applied.problems(broken)).isNotEmpty();
  }

  private static void checkMissing(RealApiServer server, Place place, String name) {
    JsonNode broken = place.resource().deepCopy();
    ((ObjectNode) broken.at(place.pointer())).remove(name);

    assertThat(Applied.refusal(server, "default", broken))
        .hasValueSatisfying(
            why -> assertThat(why).contains(place.path() + "." + name, "Required value"));
  }

  private static JsonNode with(Place place, JsonNode value) {
    JsonNode copy = place.resource().deepCopy();
    JsonPointer pointer = JsonPointer.compile(place.pointer());
    JsonNode parent = copy.at(pointer.head());
    if (parent instanceof ArrayNode list) {
      list.set(pointer.last().getMatchingIndex(), value);
    } else {
      ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), value);
    }
    return copy;
  }

  private static JsonNode repeated(JsonNode list, long times) {
    ArrayNode many = JSON.arrayNode();
    for (long i = 0; i < times; i++) {
      many.add(list.get(0));
    }
    return many;
  }

  private static JsonNode many(long times) {
    ObjectNode labels = JSON.objectNode();
    for (long i = 0; i < times; i++) {
      labels.put("label-" + i, "x");
    }
    return labels;
  }
}
