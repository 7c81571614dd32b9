package io.keyfront.protocols.bound;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;

/**
 * Reads Gemini's contents and tools, where the name of a field says what a part is
 * (https://ai.google.dev/api/caching#Content). Both spellings of protocol buffers' JSON count.
 */
final class GeminiReader {
  private final Cursor cursor;
  private final Tally tally;

  GeminiReader(Cursor cursor, Tally tally) {
    this.cursor = cursor;
    this.tally = tally;
  }

  private static final class Blob {
    int types;
    boolean image;
    int pieces;
    long bytes;
  }

  void contents() throws IOException {
    cursor.elements(
        () ->
            cursor.fields(
                name -> {
                  if (name.equals("parts")) {
                    parts();
                  } else {
                    cursor.skip();
                  }
                }));
  }

  private void parts() throws IOException {
    cursor.elements(() -> cursor.fields(name -> part(Spelling.flat(name))));
  }

  private void part(String name) throws IOException {
    if (cursor.at(JsonToken.VALUE_NULL)) {
      return;
    }
    switch (name) {
      case "text",
          "thought",
          "thoughtsignature",
          "functioncall",
          "executablecode",
          "codeexecutionresult",
          "partmetadata",
          "mediaresolution" ->
          cursor.skip();
      case "functionresponse" -> contents();
      case "inlinedata" -> blob();
      default -> {
        tally.unbounded = true;
        cursor.skip();
      }
    }
  }

  private void blob() throws IOException {
    Blob blob = new Blob();
    cursor.fields(name -> blobField(blob, Spelling.flat(name)));
    boolean plain = blob.types == 1 && blob.image && blob.pieces == 1;
    tally.images += blob.pieces;
    tally.imageBytes += plain ? blob.bytes : 0;
    tally.unbounded |= !plain;
  }

  private void blobField(Blob blob, String name) throws IOException {
    switch (name) {
      case "mimetype" -> {
        String type = cursor.text().toLowerCase(Locale.ROOT);
        blob.types++;
        blob.image = type.startsWith("image/");
        tally.media |= type.startsWith("audio/");
      }
      case "data" -> {
        blob.pieces++;
        blob.bytes += cursor.at(JsonToken.VALUE_STRING) ? cursor.stringBytes() : 0;
        cursor.skip();
      }
      default -> cursor.skip();
    }
  }

  void tools() throws IOException {
    cursor.elements(() -> cursor.fields(name -> tool(Spelling.flat(name))));
  }

  private void tool(String name) throws IOException {
    if (cursor.at(JsonToken.VALUE_NULL)) {
      return;
    }
    switch (name) {
      case "functiondeclarations" ->
          cursor.elements(
              () -> {
                tally.tools++;
                cursor.skip();
              });
      case "computeruse" -> {
        tally.builtInTools++;
        cursor.skip();
      }
      default -> {
        boolean search = name.contains("search") && !name.equals("filesearch");
        tally.serverTool(Tally.DEFAULT_TOOL_USES, search || name.equals("googlemaps"));
        cursor.skip();
      }
    }
  }
}
