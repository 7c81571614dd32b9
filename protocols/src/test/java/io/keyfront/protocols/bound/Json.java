package io.keyfront.protocols.bound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.provider.Protocol;

/** Bodies as bytes, and what is found in them. */
final class Json {
  private Json() {}

  /** JSON with single quotes, for legibility. */
  static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  /** What a body of this protocol asks for; the model is added where it needs one. */
  static AskedFor asked(Protocol protocol, String fields) {
    return measured(protocol, fields).asked();
  }

  static MeasuredBody measured(Protocol protocol, String fields) {
    return BodyMeasure.measure(protocol, body(protocol, fields));
  }

  /** An object with these fields, and a model where the protocol needs one. */
  static byte[] body(Protocol protocol, String fields) {
    return bytes(protocol == Protocol.GEMINI ? "{" + fields + "}" : "{'model':'m'," + fields + "}");
  }
}
