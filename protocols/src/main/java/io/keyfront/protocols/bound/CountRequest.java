package io.keyfront.protocols.bound;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.BodyScanner;
import io.keyfront.protocols.body.ScannedBody;
import io.keyfront.protocols.body.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to ask a provider that counts for free.
 *
 * @param body of the request for a count
 * @param leftOutBytes of the call's body that are not in it
 */
public record CountRequest(byte[] body, long leftOutBytes) {
  /** Other names would need escapes; no model has one. */
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:@/-]{1,256}");

  /**
   * Makes the request for a count from a call's own body.
   *
   * <p>Anthropic takes the messages, the system prompt, the tools and thinking, and refuses what
   * only makes sense for an answer (https://platform.claude.com/docs/en/api/messages-count-tokens).
   * Gemini takes the whole call under {@code generateContentRequest}
   * (https://ai.google.dev/api/tokens).
   *
   * @param model as it is sent upstream
   * @return empty for protocols without such a request
   * @throws Refused as {@link BodyMeasure#measure} does
   */
  public static Optional<CountRequest> of(Protocol protocol, byte[] body, String model) {
    if (!MODEL.matcher(model).matches()) {
      return Optional.empty();
    }
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> Optional.of(anthropic(body, model));
      case GEMINI -> Optional.of(gemini(body, model));
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> Optional.empty();
    };
  }

  private static CountRequest anthropic(byte[] body, String model) {
    CountedFields fields = new CountedFields(body);
    BodyScanner.scan(Protocol.ANTHROPIC_MESSAGES, body, fields);
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
    write(out, "{\"model\":\"" + model + '"');
    long kept = 0;
    for (Map.Entry<String, Span> field : fields.found().entrySet()) {
      Span value = field.getValue();
      write(out, ",\"" + field.getKey() + "\":");
      out.write(body, value.start(), value.length());
      kept += value.length();
    }
    write(out, "}");
    return new CountRequest(out.toByteArray(), body.length - kept);
  }

  private static CountRequest gemini(byte[] body, String model) {
    ScannedBody scanned = BodyScanner.scan(Protocol.GEMINI, body, new CountedFields(body));
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 128);
    write(out, "{\"generateContentRequest\":{\"model\":\"models/" + model + '"');
    write(out, scanned.empty() ? "" : ",");
    out.write(body, scanned.insertAt(), body.length - scanned.insertAt());
    write(out, "}");
    return new CountRequest(out.toByteArray(), 0);
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
