package io.keyfront.dataplane.forward;

import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.route.Routed;
import io.keyfront.protocols.body.BodyEdits;
import io.keyfront.protocols.body.ScannedBody;

/**
 * The body as it goes upstream, after the documented edits.
 *
 * @param usageInjected whether {@code stream_options.include_usage} was set though the client did
 *     not
 */
record Edited(byte[] body, boolean usageInjected) {

  static Edited of(Targeted call) {
    Routed routed = call.routed();
    if (routed.scanned().isEmpty()) {
      return new Edited(routed.body(), false);
    }
    ScannedBody scanned = routed.scanned().get();
    boolean renamed = scanned.model().isPresent() && !call.target().model().equals(routed.model());
    if (needsUsage(call, scanned)) {
      String model = renamed ? call.target().model() : "";
      return new Edited(BodyEdits.includeUsage(routed.body(), scanned, model), true);
    }
    return renamed
        ? new Edited(BodyEdits.renameModel(routed.body(), scanned, call.target().model()), false)
        : new Edited(routed.body(), false);
  }

  private static boolean needsUsage(Targeted call, ScannedBody scanned) {
    return call.routed().protocol() == Protocol.OPENAI_CHAT
        && call.routed().operation() == Operation.GENERATE
        && scanned.stream()
        && !scanned.includeUsage()
        && call.provider().takesStreamOptions();
  }
}
