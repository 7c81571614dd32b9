package io.keyfront.testkit;

import io.keyfront.testkit.speech.Answer;
import io.keyfront.testkit.speech.Event;
import io.keyfront.testkit.speech.Framing;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the events of an answer into bytes. */
final class Wire {
  private Wire() {}

  /** A piece per event; a plain document comes in two halves so that faults can fall between. */
  static List<Piece> pieces(Answer answer) {
    return switch (answer.framing()) {
      case SSE, SSE_CRLF ->
          answer.events().stream().map(event -> sse(event, answer.framing())).toList();
      case JSON_ARRAY -> array(answer.events());
      case JSON -> answer.events().stream().flatMap(event -> halves(event).stream()).toList();
    };
  }

  /** The same pieces compressed, and one more that closes the coding. */
  static List<Piece> encoded(List<Piece> pieces, Optional<Encoding> encoding) {
    if (encoding.isEmpty()) {
      return pieces;
    }
    Encoder encoder = Encoder.of(encoding.get());
    List<Piece> encoded = new ArrayList<>();
    for (Piece piece : pieces) {
      encoded.add(
          new Piece(Buffer.buffer(encoder.piece(piece.bytes().getBytes())), piece.outputTokens()));
    }
    encoded.add(new Piece(Buffer.buffer(encoder.end()), 0));
    return encoded;
  }

  /** The same bytes, at most so many a piece; what a piece owes is owed with its first bytes. */
  static List<Piece> cut(List<Piece> pieces, int size) {
    List<Piece> cut = new ArrayList<>();
    for (Piece piece : pieces) {
      Buffer bytes = piece.bytes();
      for (int at = 0; at < bytes.length(); at += size) {
        Buffer part = bytes.slice(at, Math.min(bytes.length(), at + size));
        cut.add(new Piece(part, at == 0 ? piece.outputTokens() : 0));
      }
    }
    return cut;
  }

  private static Piece sse(Event event, Framing framing) {
    String end = framing.lineEnd();
    String name = event.name().isEmpty() ? "" : "event: " + event.name() + end;
    return piece(name + "data: " + event.data() + end + end, event.outputTokens());
  }

  private static List<Piece> array(List<Event> events) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      String before = i == 0 ? "[" : "\n,\r\n";
      String after = i == events.size() - 1 ? "\n]\n" : "";
      pieces.add(piece(before + events.get(i).data() + after, events.get(i).outputTokens()));
    }
    return pieces;
  }

  private static List<Piece> halves(Event event) {
    Buffer bytes = Buffer.buffer(event.data());
    int middle = bytes.length() / 2;
    return List.of(
        new Piece(bytes.slice(0, middle), event.outputTokens()),
        new Piece(bytes.slice(middle, bytes.length()), 0));
  }

  private static Piece piece(String text, long outputTokens) {
    return new Piece(Buffer.buffer(text), outputTokens);
  }
}
