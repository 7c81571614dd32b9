package io.keyfront.operator.plan;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.operator.observe.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sorts findings to those they are about. */
final class FindingsByName {
  private FindingsByName() {}

  static void add(List<Finding> findings, Map<ObjectName, List<Finding>> byName) {
    for (Finding finding : findings) {
      finding
          .resource()
          .ifPresent(
              (ResourceId id) ->
                  byName
                      .computeIfAbsent(
                          new ObjectName(id.namespace(), id.name()), name -> new ArrayList<>())
                      .add(finding));
    }
  }
}
