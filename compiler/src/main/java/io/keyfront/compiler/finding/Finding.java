package io.keyfront.compiler.finding;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that is wrong with a file or resource. No value of a Secret is ever part of it.
 *
 * @param source where; absent for resources that come from no file
 * @param resource absent where the file does not say which resource it is
 * @param field the path within the resource ({@code spec.targets[1].weight}); empty is the whole
 * @param problem what is wrong, to be read after the field's name
 * @param fix what would be right, as a request
 */
public record Finding(
    Severity severity,
    Reason reason,
    Optional<Source> source,
    Optional<ResourceId> resource,
    String field,
    String problem,
    String fix) {
  /** Longest field, problem or fix, in characters; the rest is cut. */
  public static final int TEXT_MAX = Printable.LENGTH_MAX;

  /** By file, line, resource and field, so that equal inputs give equal lists. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> finding.source().map(Source::file).orElse(""))
          .thenComparing(finding -> finding.source().map(Source::line).orElse(0))
          .thenComparing(finding -> finding.resource().map(ResourceId::toString).orElse(""))
          .thenComparing(Finding::field)
          .thenComparing(Finding::problem);

  public Finding {
    field = Printable.of(field);
    problem = Printable.of(problem);
    fix = Printable.of(fix);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /**
   * One line for people: {@code tokens.yaml:12: MachineToken default/ci: spec.scopes[0]: 'x:' has
   * no model; write x or x:*.}
   */
  public String text() {
    var line = new StringBuilder();
    source.ifPresent(place -> line.append(place).append(": "));
    resource.ifPresent(id -> line.append(id).append(": "));
    if (!field.isEmpty()) {
      line.append(field).append(": ");
    }
    return line.append(problem).append("; ").append(fix).append('.').toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
