package io.keyfront.dataplane.forward;

import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.dataplane.admit.Admitted;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.route.Routed;
import io.keyfront.protocols.body.BodyEdits;
import io.keyfront.protocols.body.ScannedBody;
import io.keyfront.protocols.body.Splice;
import java.util.ArrayList;
import java.util.List;

/**
 * The body as it goes upstream, after the documented edits.
 *
 * @param usageInjected whether {@code stream_options.include_usage} was set though the client did
 *     not
 */
record Edited(byte[] body, boolean usageInjected) {

  static Edited of(Admitted admitted) {
    Targeted call = admitted.permitted().targeted();
    Routed routed = call.routed();
    if (routed.scanned().isEmpty()) {
      return new Edited(routed.body(), false);
    }
    ScannedBody scanned = routed.scanned().get();
    boolean renamed = scanned.model().isPresent() && !call.target().model().equals(routed.model());
    boolean usage = needsUsage(call, scanned);
    if (!renamed && !usage && admitted.terms().clamp().isEmpty()) {
      return new Edited(routed.body(), false);
    }
    List<Splice> splices = new ArrayList<>(admitted.terms().clamp());
    if (renamed) {
      splices.add(BodyEdits.rename(scanned, call.target().model()));
    }
    if (usage) {
      BodyEdits.usage(scanned).ifPresent(splices::add);
    }
    return new Edited(BodyEdits.spliced(routed.body(), splices), usage);
  }

  private static boolean needsUsage(Targeted call, ScannedBody scanned) {
    return call.routed().protocol() == Protocol.OPENAI_CHAT
        && call.routed().operation() == Operation.GENERATE
        && scanned.stream()
        && !scanned.includeUsage()
        && call.provider().takesStreamOptions();
  }
}
