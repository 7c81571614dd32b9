package io.keyfront.protocols.bound;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.OtherFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the texts of one body of OpenAI's protocols while it passes; what it does not know for
 * certain to be text it leaves alone. For one use.
 */
final class TextReader implements OtherFields {
  private final Protocol protocol;
  private final byte[] body;
  private final List<String> texts = new ArrayList<>();
  private long bytes;

  TextReader(Protocol protocol, byte[] body) {
    this.protocol = protocol;
    this.body = body;
  }

  TextParts found() {
    return new TextParts(bytes, texts);
  }

  @Override
  public void field(String name, JsonParser parser) throws IOException {
    Cursor cursor = new Cursor(parser, body);
    switch (protocol) {
      case OPENAI_CHAT -> chat(name, cursor);
      case OPENAI_RESPONSES -> responses(name, cursor);
      case ANTHROPIC_MESSAGES, OPENAI_EMBEDDINGS, GEMINI -> cursor.skip();
    }
  }

  private void chat(String name, Cursor cursor) throws IOException {
    if (name.equals("messages")) {
      cursor.elements(() -> message(cursor));
    } else {
      cursor.skip();
    }
  }

  private void responses(String name, Cursor cursor) throws IOException {
    switch (name) {
      case "instructions" -> text(cursor);
      case "input" ->
          cursor.elements(
              () -> {
                if (cursor.at(JsonToken.VALUE_STRING)) {
                  text(cursor);
                } else {
                  message(cursor);
                }
              });
      default -> cursor.skip();
    }
  }

  private void message(Cursor cursor) throws IOException {
    cursor.fields(
        name -> {
          if (name.equals("content") || name.equals("output")) {
            cursor.elements(() -> part(cursor));
          } else {
            cursor.skip();
          }
        });
  }

  private void part(Cursor cursor) throws IOException {
    if (cursor.at(JsonToken.VALUE_STRING)) {
      text(cursor);
      return;
    }
    cursor.fields(
        name -> {
          if (name.equals("text")) {
            text(cursor);
          } else {
            cursor.skip();
          }
        });
  }

  private void text(Cursor cursor) throws IOException {
    if (cursor.at(JsonToken.VALUE_STRING)) {
      bytes += cursor.stringBytes();
      texts.add(cursor.text());
    } else {
      cursor.skip();
    }
  }
}
