package io.keyfront.crds.applied;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.keyfront.crds.testing.RealApiServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The field reference in Markdown, from the definitions. */
final class ReferencePage {
  private static final String HEAD =
      """
      # Reference of the custom resources

      Made from the committed definitions (`crds/src/main/resources/io/keyfront/crds`); `kubectl explain` says the same. How the fields
      work together, with examples: [resources.md](resources.md). A rule is what the API server refuses, in its own words.
      """;

  private ReferencePage() {}

  static String text() {
    var page = new StringBuilder(HEAD);
    RealApiServer.KINDS.forEach(kind -> kind(page, kind));
    return page.toString();
  }

  private static void kind(StringBuilder page, Class<? extends HasMetadata> kind) {
    JSONSchemaProps schema = FullResources.schema(kind);
    var definition = RealApiServer.definition(kind).getSpec();
    var names = definition.getNames();
    String columns =
        definition.getVersions().getFirst().getAdditionalPrinterColumns().stream()
            .filter(column -> column.getPriority() == 0)
            .map(column -> column.getName().toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    page.append("\n## ").append(kind.getSimpleName()).append("\n\n");
    page.append(schema.getDescription()).append("\n\n");
    page.append(
        "`kubectl get %s` (short: `%s`) prints NAME %s.\n"
            .formatted(names.getPlural(), names.getShortNames().getFirst(), columns));
    rules(page, schema);
    for (String part : List.of("spec", "status")) {
      page.append("\n| ")
          .append(part)
          .append(" | type | what it is | rules |\n|---|---|---|---|\n");
      rows(page, "", schema.getProperties().get(part));
      rules(page, schema.getProperties().get(part));
    }
  }

  private static void rules(StringBuilder page, JSONSchemaProps schema) {
    if (!schema.getXKubernetesValidations().isEmpty()) {
      page.append('\n');
      schema
          .getXKubernetesValidations()
          .forEach(rule -> page.append("- ").append(sentence(rule)).append('\n'));
    }
  }

  private static void rows(StringBuilder page, String prefix, JSONSchemaProps schema) {
    for (Map.Entry<String, JSONSchemaProps> field : schema.getProperties().entrySet()) {
      String path = prefix + field.getKey();
      JSONSchemaProps type = field.getValue();
      boolean required = schema.getRequired().contains(field.getKey());
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  path,
                  type(type),
                  required(required) + cell(type.getDescription()),
                  cell(ruleTexts(type))));
      rows(page, path + ".", type);
      if (type.getItems() != null) {
        rows(page, path + "[].", type.getItems().getSchema());
      }
    }
  }

  private static String required(boolean required) {
    return required ? "**Required.** " : "";
  }

  private static String type(JSONSchemaProps schema) {
    var text = new StringJoiner(", ");
    text.add(
        switch (schema.getType()) {
          case "string" -> schema.getEnum().isEmpty() ? "text" : choices(schema);
          case "array" -> "list of " + plain(schema.getItems().getSchema());
          case "object" ->
              schema.getAdditionalProperties() == null ? "mapping" : "mapping of texts";
          default -> schema.getType();
        });
    add(text, "at most %s characters", schema.getMaxLength());
    add(text, "at least %s", schema.getMinItems());
    add(text, "at most %s", schema.getMaxItems());
    add(text, "at most %s", schema.getMaxProperties());
    if (schema.getMinimum() != null) {
      text.add(number(schema.getMinimum()) + " to " + number(schema.getMaximum()));
    }
    if (schema.getDefault() != null) {
      text.add("default `" + schema.getDefault().asText() + "`");
    }
    return text.toString();
  }

  private static String plain(JSONSchemaProps item) {
    return switch (item.getType()) {
      case "string" -> "texts of at most " + item.getMaxLength() + " characters";
      case "integer" ->
          "integers, " + number(item.getMinimum()) + " to " + number(item.getMaximum());
      default -> "mappings";
    };
  }

  private static String choices(JSONSchemaProps schema) {
    return schema.getEnum().stream()
        .map(one -> "`" + one.asText() + "`")
        .collect(Collectors.joining(" "));
  }

  private static String number(Double bound) {
    return BigDecimal.valueOf(bound.longValue()).toPlainString();
  }

  private static void add(StringJoiner text, String words, Object bound) {
    if (bound != null) {
      text.add(words.formatted(bound));
    }
  }

  private static String ruleTexts(JSONSchemaProps schema) {
    List<ValidationRule> all = new ArrayList<>(schema.getXKubernetesValidations());
    if (schema.getItems() != null) {
      all.addAll(schema.getItems().getSchema().getXKubernetesValidations());
    }
    return all.stream().map(ReferencePage::sentence).collect(Collectors.joining("; or "));
  }

  private static String sentence(ValidationRule rule) {
    String where = rule.getFieldPath() == null ? "" : rule.getFieldPath().substring(1) + ": ";
    return where + rule.getMessage();
  }

  private static String cell(String text) {
    return text == null ? "" : text.replace("|", "\\|").replace("*", "\\*").replace("\n", " ");
  }
}
