package io.keyfront.operator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.compiler.finding.Severity;
import java.util.Optional;

/** Says of an object that it cannot even be judged. */
final class Unreadable {
  private Unreadable() {}

  static Finding finding(HasMetadata object) {
    return new Finding(
        Severity.ERROR,
        Reason.INVALID,
        Optional.empty(),
        Optional.of(
            new ResourceId(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName())),
        "spec",
        "lacks fields that every resource of this kind has",
        "update the resource definitions of Keyfront, then apply it again");
  }
}
