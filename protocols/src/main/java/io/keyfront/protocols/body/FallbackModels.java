package io.keyfront.protocols.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.provider.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenRouter's field {@code models}: what may answer where the call's own model does not
 * (https://openrouter.ai/docs/guides/routing/model-fallbacks).
 */
public final class FallbackModels {
  /** OpenRouter takes fewer. */
  public static final int MOST = 64;

  private static final String FIELD = "models";
  private static final byte[] NAME = "\"models\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ESCAPE = "\\u".getBytes(StandardCharsets.UTF_8);

  private FallbackModels() {}

  /**
   * The models listed, in their order; none where the field is absent, which most often is found
   * without reading the body.
   *
   * @param body that was scanned before
   * @throws Refused when the field is repeated or anything but a list of names
   */
  public static List<String> in(byte[] body) {
    if (!holds(body, NAME) && !holds(body, ESCAPE)) {
      return List.of();
    }
    Reader reader = new Reader();
    BodyScanner.scan(Protocol.OPENAI_CHAT, body, reader);
    return List.copyOf(reader.models);
  }

  private static boolean holds(byte[] body, byte[] text) {
    for (int at = 0; at <= body.length - text.length; at++) {
      if (body[at] == text[0] && isAt(body, at, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] body, int at, byte[] text) {
    for (int i = 1; i < text.length; i++) {
      if (body[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static final class Reader implements OtherFields {
    private final List<String> models = new ArrayList<>();
    private boolean seen;

    @Override
    public void field(String name, JsonParser parser) throws IOException {
      if (!name.equals(FIELD)) {
        parser.skipChildren();
        return;
      }
      if (seen) {
        throw new Refused(RequestFault.fieldRepeated(FIELD));
      }
      seen = true;
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return;
      }
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw wrong();
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_STRING || models.size() == MOST) {
          throw wrong();
        }
        models.add(parser.getText());
      }
    }

    private static Refused wrong() {
      return new Refused(
          RequestFault.fieldWrong(FIELD, "a list of at most " + MOST + " names of models"));
    }
  }
}
