package io.keyfront.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the generator leaves out of a definition: descriptions, choices, rules of items, the order
 * of columns, and the schema of a condition.
 */
final class SchemaFinish {
  private static final Map<String, String> CONDITION =
      Map.of(
          "type", "Ready, or what else is said of the resource.",
          "status", "True, False or Unknown.",
          "reason", "One word for programs.",
          "message", "A sentence for people.",
          "lastTransitionTime", "When the status last changed.",
          "observedGeneration", "The generation of the spec that this speaks of.");
  private static final Map<String, Long> CONDITION_LENGTHS =
      Map.of("type", 316L, "status", 16L, "reason", 1024L, "message", 32768L);

  private final RecordDocs docs = RecordDocs.read();

  /** Completes the definition of {@code kind}. */
  void complete(CustomResourceDefinition definition, Class<? extends HasMetadata> kind) {
    CustomResourceDefinitionVersion version = definition.getSpec().getVersions().getFirst();
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(docs.of(kind));
    var types = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    of(root, "spec", (Class<?>) types[0]);
    of(root, "status", (Class<?>) types[1]);
    specIsThere(root, (Class<?>) types[0]);
    eachRuleOnce(root);
    order(version.getAdditionalPrinterColumns(), kind);
  }

  /**
   * Of a kind that needs no field, one without a spec has an empty one: whoever takes back all that
   * he set leaves nothing behind.
   */
  private static void specIsThere(JSONSchemaProps root, Class<?> type) {
    boolean mayBeEmpty =
        Arrays.stream(type.getRecordComponents())
            .noneMatch(component -> component.getAccessor().isAnnotationPresent(Required.class));
    if (mayBeEmpty) {
      property(root, "spec").setDefault(JsonNodeFactory.instance.objectNode());
    } else {
      root.setRequired(List.of("spec"));
    }
  }

  private void of(JSONSchemaProps root, String name, Class<?> type) {
    JSONSchemaProps schema = property(root, name);
    schema.setDescription(docs.of(type));
    fields(schema, type);
  }

  private void fields(JSONSchemaProps schema, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      JSONSchemaProps field = property(schema, component.getName());
      field.setDescription(docs.of(type, component.getName()));
      Choices choices = component.getAnnotation(Choices.class);
      if (choices != null) {
        field.setEnum(Arrays.stream(choices.value()).map(SchemaFinish::text).toList());
      }
      if (component.isAnnotationPresent(UsdPrice.class)) {
        field.setMaxLength((long) PriceText.MAX);
        field.setXKubernetesValidations(List.of(rule(Cel.DECIMAL, PriceText.MESSAGE)));
      }
      inside(field, component);
    }
  }

  private void inside(JSONSchemaProps field, RecordComponent component) {
    Class<?> item = item(component);
    if (component.getType().isRecord()) {
      fields(field, component.getType());
    } else if (item == Condition.class) {
      conditions(field);
    } else if (item != null && item.isRecord()) {
      uniqueBy(field, component);
      fields(field.getItems().getSchema(), item);
    } else if (item != null) {
      rules(field.getItems().getSchema(), component);
    }
  }

  private static void uniqueBy(JSONSchemaProps field, RecordComponent component) {
    UniqueBy unique = component.getAnnotation(UniqueBy.class);
    if (unique != null) {
      field.setXKubernetesListType("map");
      field.setXKubernetesListMapKeys(List.of(unique.value()));
    }
  }

  private static @Nullable Class<?> item(RecordComponent component) {
    return component.getType() == List.class
        ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
        : null;
  }

  private static void rules(JSONSchemaProps item, RecordComponent component) {
    List<ValidationRule> rules =
        Stream.of(component.getAnnotationsByType(ItemRule.class))
            .map(rule -> rule(rule.value(), rule.message()))
            .toList();
    item.setXKubernetesValidations(rules);
  }

  private static ValidationRule rule(String value, String message) {
    var made = new ValidationRule();
    made.setRule(value);
    made.setMessage(message);
    return made;
  }

  /** One condition of a type, so that an apply changes its own alone. */
  private static void conditions(JSONSchemaProps field) {
    field.setXKubernetesListType("map");
    field.setXKubernetesListMapKeys(List.of("type"));
    JSONSchemaProps item = field.getItems().getSchema();
    item.setRequired(List.of("type", "status"));
    item.getProperties().forEach((name, of) -> of.setDescription(CONDITION.get(name)));
    CONDITION_LENGTHS.forEach((name, most) -> property(item, name).setMaxLength(most));
    property(item, "lastTransitionTime").setMaxLength(64L);
    property(item, "observedGeneration").setMinimum(0.0);
    property(item, "observedGeneration").setMaximum((double) StatusBounds.COUNT);
  }

  /** The generator meets an annotation of a record's component twice: on its field and accessor. */
  private static void eachRuleOnce(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    schema.getProperties().values().forEach(SchemaFinish::eachRuleOnce);
    if (schema.getItems() != null) {
      eachRuleOnce(schema.getItems().getSchema());
    }
  }

  private static JSONSchemaProps property(JSONSchemaProps of, String name) {
    return Objects.requireNonNull(of.getProperties().get(name), name);
  }

  private static void order(
      List<CustomResourceColumnDefinition> columns, Class<? extends HasMetadata> kind) {
    List<String> names =
        Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    columns.sort(Comparator.comparing(column -> names.indexOf(column.getName())));
  }

  private static JsonNode text(String choice) {
    return JsonNodeFactory.instance.textNode(choice);
  }
}
