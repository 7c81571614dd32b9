package io.keyfront.protocols.bound;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.BodyScanner;
import java.util.List;

/**
 * The texts of a body that a model reads as they stand: instructions, messages and the results of
 * tools. Whatever else a body holds (tools, arguments, names, the JSON around all that) is not
 * here.
 *
 * @param bytes that the texts take in the raw body, without their quotes
 * @param texts decoded, in their order
 */
public record TextParts(long bytes, List<String> texts) {
  public TextParts {
    texts = List.copyOf(texts);
  }

  /**
   * Finds them. Takes about as long as the scan of the body, and as much room as the body again.
   *
   * @return nothing for the protocols whose providers count themselves
   * @throws Refused as {@link BodyMeasure#measure} does
   */
  public static TextParts of(Protocol protocol, byte[] body) {
    TextReader reader = new TextReader(protocol, body);
    BodyScanner.scan(protocol, body, reader);
    return reader.found();
  }
}
