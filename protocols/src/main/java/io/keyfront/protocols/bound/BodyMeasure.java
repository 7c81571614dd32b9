package io.keyfront.protocols.bound;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.BodyScanner;
import io.keyfront.protocols.body.ScannedBody;

/**
 * The scan of a body that has to be paid from a budget: what {@link BodyScanner} finds and, in the
 * same pass, what the call asks for.
 */
public final class BodyMeasure {
  private BodyMeasure() {}

  /**
   * Measures a body that makes tokens or embeddings.
   *
   * @throws Refused as {@link BodyScanner#scan(Protocol, io.keyfront.core.provider.Operation,
   *     byte[])} does, and when a field that decides about the cost is repeated, of the wrong type,
   *     or spelt as only some servers would read it
   */
  public static MeasuredBody measure(Protocol protocol, byte[] body) {
    Tally tally = new Tally();
    ScannedBody scanned = BodyScanner.scan(protocol, body, new AskedReader(protocol, body, tally));
    if (protocol == Protocol.OPENAI_EMBEDDINGS) {
      tally.maximum = 0;
    }
    return new MeasuredBody(scanned, tally.asked(body), tally.places());
  }
}
