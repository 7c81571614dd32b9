package io.keyfront.protocols.bound;

import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.provider.Protocol;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads the messages, items and content parts of the protocols that tell them apart by {@code
 * type}. What a field can say to make a part dearer it says wherever it stands and however often;
 * arguments and schemas are passed over, whatever their fields are called.
 */
final class PartReader {
  private final Cursor cursor;
  private final Tally tally;
  private final Protocol protocol;

  PartReader(Cursor cursor, Tally tally, Protocol protocol) {
    this.cursor = cursor;
    this.tally = tally;
    this.protocol = protocol;
  }

  /** One object, as far as it is known. */
  private static final class Part {
    final Set<PartKind> kinds = EnumSet.noneOf(PartKind.class);
    int types;
    boolean content;
    boolean role;
    boolean id;
    int images;
    long imageBytes;
  }

  /** A string, one object, or a list of both. */
  void parts() throws IOException {
    cursor.elements(this::element);
  }

  private void element() throws IOException {
    if (cursor.at(JsonToken.START_ARRAY)) {
      parts();
    } else if (cursor.at(JsonToken.START_OBJECT)) {
      Part part = new Part();
      cursor.fields(name -> field(part, name));
      add(part);
    }
  }

  private void field(Part part, String name) throws IOException {
    switch (name) {
      case "type" -> type(part);
      case "source" -> source(part);
      case "image_url" -> imageUrl(part);
      case "content", "output" -> {
        part.content = true;
        parts();
      }
      case "role" -> part.role = cursor.present();
      case "id" -> part.id = cursor.present();
      case "audio", "input_audio" -> audio();
      case "file", "file_id", "file_url", "file_data", "video_url", "audio_url" -> reference();
      default -> cursor.skip();
    }
  }

  private void type(Part part) throws IOException {
    if (cursor.at(JsonToken.VALUE_NULL)) {
      return;
    }
    part.types++;
    part.kinds.add(PartKind.of(protocol, cursor.text()));
  }

  private void reference() throws IOException {
    tally.unbounded |= cursor.present();
  }

  private void audio() throws IOException {
    boolean present = cursor.present();
    tally.unbounded |= present;
    tally.media |= present;
  }

  /** Anthropic's {@code source}: base64 data, or else something that is not in the body. */
  private void source(Part part) throws IOException {
    if (!cursor.at(JsonToken.START_OBJECT)) {
      cursor.skip();
      return;
    }
    cursor.fields(
        name -> {
          switch (name) {
            case "type" -> tally.unbounded |= !cursor.text().equals("base64");
            case "data" -> image(part, cursor.at(JsonToken.VALUE_STRING));
            case "url", "file_id", "content" -> reference();
            default -> cursor.skip();
          }
        });
  }

  private void imageUrl(Part part) throws IOException {
    if (cursor.at(JsonToken.START_OBJECT)) {
      cursor.fields(
          name -> {
            if (name.equals("url")) {
              imageUrl(part);
            } else {
              cursor.skip();
            }
          });
    } else if (!cursor.at(JsonToken.VALUE_NULL)) {
      image(part, cursor.at(JsonToken.VALUE_STRING) && cursor.isImageData());
    }
  }

  private void image(Part part, boolean inline) throws IOException {
    if (inline) {
      part.images++;
      part.imageBytes += cursor.stringBytes();
    } else {
      tally.unbounded = true;
    }
    cursor.skip();
  }

  private void add(Part part) {
    boolean image = part.kinds.contains(PartKind.IMAGE);
    tally.unbounded |= part.types == 0 && !isPlainMessage(part);
    tally.unbounded |= part.kinds.contains(PartKind.UNKNOWN) || (image && part.images == 0);
    tally.images += part.images;
    if (image && part.types == 1 && part.images == 1) {
      tally.imageBytes += part.imageBytes;
    }
    if (part.kinds.contains(PartKind.TOOL_REFERENCE)) {
      tally.toolReferences++;
    }
  }

  /** In Responses an object with an id and no type may be a reference to an earlier item. */
  private boolean isPlainMessage(Part part) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES, OPENAI_CHAT -> part.role || part.content;
      case OPENAI_RESPONSES -> part.content && !part.id;
      case OPENAI_EMBEDDINGS, GEMINI -> false;
    };
  }
}
