package io.keyfront.crds;

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
 * @param matchExpressions at most {@value #PARTS_MAX}
 */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {
  public static final int PARTS_MAX = 16;

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
  public record Requirement(String key, String operator, List<String> values) {
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
    problems.count("matchExpressions", matchExpressions, 0, PARTS_MAX);
    problems.each("matchExpressions", matchExpressions, Requirement::problems);
    return problems.list();
  }

  private static Map<String, String> ordered(@Nullable Map<String, String> labels) {
    return labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
