package io.keyfront.dataplane.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.dataplane.mock.MockAnswer.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns what the mock says into pieces with their delays. */
final class Staging {
  private static final Map<String, String> SSE =
      Map.of("content-type", "text/event-stream; charset=utf-8", "cache-control", "no-cache");

  private Staging() {}

  /** A JSON document at once. */
  static MockAnswer document(int status, JsonNode document) {
    return document(status, document, 0);
  }

  /** A JSON document after a delay in milliseconds. */
  static MockAnswer document(int status, JsonNode document, int delayMillis) {
    byte[] bytes = document.toString().getBytes(UTF_8);
    Map<String, String> headers =
        Map.of("content-type", "application/json", "content-length", "" + bytes.length);
    return new MockAnswer(status, headers, List.of(new Piece(bytes, delayMillis)), false);
  }

  /** Server-sent events; the connection fails after the last when it is to break off. */
  static MockAnswer events(List<Frame> frames, Pace pace, boolean breaksOff) {
    List<Piece> pieces = new ArrayList<>();
    for (Frame frame : frames) {
      String name = frame.name().isEmpty() ? "" : "event: " + frame.name() + "\n";
      pieces.add(piece(name + "data: " + frame.data() + "\n\n", pace, pieces.isEmpty(), frame));
    }
    return new MockAnswer(200, SSE, pieces, breaksOff);
  }

  /** The elements of a JSON array one by one, as Gemini streams without {@code alt=sse}. */
  static MockAnswer array(List<Frame> frames, Pace pace, boolean breaksOff) {
    List<Piece> pieces = new ArrayList<>();
    for (Frame frame : frames) {
      String before = pieces.isEmpty() ? "[" : ",\r\n";
      boolean last = pieces.size() == frames.size() - 1 && !breaksOff;
      pieces.add(piece(before + frame.data() + (last ? "]" : ""), pace, pieces.isEmpty(), frame));
    }
    return new MockAnswer(200, Map.of("content-type", "application/json"), pieces, breaksOff);
  }

  /** The first half of a document, then the connection fails. */
  static MockAnswer broken(MockAnswer document) {
    byte[] whole = document.pieces().getFirst().bytes();
    Piece half = new Piece(Arrays.copyOf(whole, whole.length / 2), 0);
    return new MockAnswer(document.status(), document.headers(), List.of(half), true);
  }

  /**
   * When pieces leave.
   *
   * @param beforeFirst milliseconds before the first piece
   * @param beforeWord milliseconds before each part of the reply
   */
  record Pace(int beforeFirst, int beforeWord) {
    static Pace of(Behaviour behaviour) {
      return switch (behaviour) {
        case Behaviour.Delays(int millis) -> new Pace(millis, 0);
        case Behaviour.Slow() -> new Pace(0, Behaviour.SLOW_MILLIS);
        case Behaviour.Plain(),
            Behaviour.Refuses(int _),
            Behaviour.Resets(),
            Behaviour.Fails(),
            Behaviour.CallsTools() ->
            new Pace(0, 0);
      };
    }

    int before(boolean first, boolean spoken) {
      return (first ? beforeFirst : 0) + (spoken ? beforeWord : 0);
    }

    /** Before a document with so many words. */
    int beforeWhole(int words) {
      return Math.min(Behaviour.MAX_DELAY_MILLIS, beforeFirst + beforeWord * words);
    }
  }

  private static Piece piece(String text, Pace pace, boolean first, Frame frame) {
    return new Piece(text.getBytes(UTF_8), pace.before(first, frame.spoken()));
  }
}
