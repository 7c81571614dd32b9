package io.keyfront.compiler;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.compiler.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what the planners find. */
final class Findings {
  private final List<Finding> found = new ArrayList<>();

  /** The resource, or the part named by the field, is refused. */
  void error(Resource resource, Reason reason, String field, String problem, String fix) {
    found.add(of(Severity.ERROR, resource, reason, field, problem, fix));
  }

  void warning(Resource resource, Reason reason, String field, String problem, String fix) {
    found.add(of(Severity.WARNING, resource, reason, field, problem, fix));
  }

  /** About something that comes from no resource. */
  void add(Severity severity, ResourceId id, Reason reason, String problem, String fix) {
    found.add(new Finding(severity, reason, Optional.empty(), Optional.of(id), "", problem, fix));
  }

  List<Finding> sorted() {
    return found.stream().sorted(Finding.ORDER).toList();
  }

  private static Finding of(
      Severity severity,
      Resource resource,
      Reason reason,
      String field,
      String problem,
      String fix) {
    return new Finding(
        severity,
        reason,
        resource.origin().of(field),
        Optional.of(resource.id()),
        field,
        problem,
        fix);
  }
}
