package io.keyfront.crds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses namespaces by their labels, as Kubernetes label selectors do. An empty selector chooses
 * all; every part must hold.
 *
 * @param matchLabels labels that must have exactly these values; at most {@value #PARTS_MAX}
 * @param matchExpressions conditions that must all hold; at most {@value #PARTS_MAX}
 */
public record LabelSelector(
    @Size(max = PARTS_MAX)
        @ValidationRule(
            value = Cel.LABEL_KEYS,
            message = "has a key of more than 317 characters; name a label")
        Map<String, @Size(max = VALUE_MAX) String> matchLabels,
    @Size(max = PARTS_MAX) List<Requirement> matchExpressions) {
  public static final int PARTS_MAX = 16;

  /** Longest key of a label: a DNS name, a slash and a name. */
  public static final int KEY_MAX = 317;

  /** Longest value of a label. */
  public static final int VALUE_MAX = 63;

  public LabelSelector {
    matchLabels = ordered(matchLabels);
    matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
  }

  /**
   * One condition on one label.
   *
   * @param key the label
   * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}
   * @param values for {@code In} and {@code NotIn} at least one, at most {@value #VALUES_MAX}; for
   *     the others none
   */
  @ValidationRule(
      value = "!(self.operator in ['In', 'NotIn']) || (has(self.values) && size(self.values) > 0)",
      message = "is empty; give at least 1",
      fieldPath = ".values")
  @ValidationRule(
      value = "self.operator in ['In', 'NotIn'] || !has(self.values) || size(self.values) == 0",
      message = "has no meaning with Exists and DoesNotExist; remove it",
      fieldPath = ".values")
  public record Requirement(
      @Required
          @Size(max = KEY_MAX)
          @ValidationRule(value = Cel.NOT_BLANK, message = "is empty; name a label")
          String key,
      @Required @Choices({"In", "NotIn", "Exists", "DoesNotExist"}) String operator,
      @Size(max = VALUES_MAX) List<@Size(max = VALUE_MAX) String> values) {

    public static final int VALUES_MAX = 64;

    private static final List<String> WITH_VALUES = List.of("In", "NotIn");
    private static final List<String> WITHOUT_VALUES = List.of("Exists", "DoesNotExist");

    public Requirement {
      values = values == null ? List.of() : List.copyOf(values);
    }

    public List<Problem> problems() {
      var problems = new Problems();
      if (key.isBlank()) {
        problems.add("key", "is empty", "name a label");
      }
      problems.maxLength("key", key, KEY_MAX);
      problems.each("values", values, LabelSelector::valueProblems);
      if (WITH_VALUES.contains(operator)) {
        problems.count("values", values, 1, VALUES_MAX);
      } else if (!WITHOUT_VALUES.contains(operator)) {
        problems.add(
            "operator",
            "'" + operator + "' is not an operator",
            "write In, NotIn, Exists or DoesNotExist");
      } else if (!values.isEmpty()) {
        problems.add("values", "has no meaning with " + operator, "remove it");
      }
      return problems.list();
    }

    boolean matches(Map<String, String> labels) {
      @Nullable String value = labels.get(key);
      return switch (operator) {
        case "In" -> value != null && values.contains(value);
        case "NotIn" -> value == null || !values.contains(value);
        case "Exists" -> value != null;
        case "DoesNotExist" -> value == null;
        default -> false;
      };
    }
  }

  /** Whether nothing is asked, so that everything matches. */
  @JsonIgnore
  public boolean isEmpty() {
    return matchLabels.isEmpty() && matchExpressions.isEmpty();
  }

  public boolean matches(Map<String, String> labels) {
    return labels.entrySet().containsAll(matchLabels.entrySet())
        && matchExpressions.stream().allMatch(requirement -> requirement.matches(labels));
  }

  public List<Problem> problems() {
    var problems = new Problems();
    problems.count("matchLabels", List.copyOf(matchLabels.keySet()), 0, PARTS_MAX);
    matchLabels.forEach(
        (label, value) -> problems.addAll("matchLabels[" + label + "]", valueProblems(value)));
    if (matchLabels.keySet().stream().anyMatch(label -> label.length() > KEY_MAX)) {
      problems.add(
          "matchLabels", "has a key of more than " + KEY_MAX + " characters", "name a label");
    }
    problems.count("matchExpressions", matchExpressions, 0, PARTS_MAX);
    problems.each("matchExpressions", matchExpressions, Requirement::problems);
    return problems.list();
  }

  private static List<Problem> valueProblems(String value) {
    var problems = new Problems();
    problems.maxLength("", value, VALUE_MAX);
    return problems.list();
  }

  private static Map<String, String> ordered(@Nullable Map<String, String> labels) {
    return labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
