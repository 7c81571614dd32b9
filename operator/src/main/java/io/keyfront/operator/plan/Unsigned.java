package io.keyfront.operator.plan;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenSpec;
import java.util.Optional;

/** Says of a token that nobody could sign it: this operator keeps no signing keys yet. */
final class Unsigned {
  private Unsigned() {}

  static boolean is(MachineToken token) {
    return MachineTokenSpec.JWT.equals(token.getSpec().format());
  }

  static Finding finding(MachineToken token) {
    return new Finding(
        Severity.ERROR,
        Reason.NOT_SUPPORTED_YET,
        Optional.empty(),
        Optional.of(
            new ResourceId(
                token.getKind(),
                token.getMetadata().getNamespace(),
                token.getMetadata().getName())),
        "spec.format",
        "'JWT' needs signing keys, which this operator does not keep yet",
        "delete it and write Opaque, or ServiceAccount");
  }
}
