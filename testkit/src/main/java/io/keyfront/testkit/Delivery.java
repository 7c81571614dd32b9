package io.keyfront.testkit;

import io.keyfront.testkit.speech.Answer;
import io.keyfront.testkit.speech.Errors;
import io.keyfront.testkit.speech.Event;
import io.keyfront.testkit.speech.Framing;
import io.keyfront.testkit.speech.Json;
import io.keyfront.testkit.speech.Said;
import io.keyfront.testkit.speech.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an answer is to be sent, faults included.
 *
 * @param stop where it breaks off
 * @param pause between two pieces; zero means as fast as the client reads
 * @param pieceBytes most bytes a piece; 0 means a piece per event
 * @param lies whether {@code content-length} announces more than is sent
 */
record Delivery(
    Said said,
    Optional<Encoding> encoding,
    Optional<Stop> stop,
    Duration pause,
    int pieceBytes,
    boolean lies) {
  private static final int HUGE_HEADER = 4_000;

  private static final Map<String, List<String>> HOP_BY_HOP =
      Map.of(
          "connection", List.of("x-fake-hop, keep-alive"),
          "x-fake-hop", List.of("1"),
          "keep-alive", List.of("timeout=5"),
          "proxy-connection", List.of("keep-alive"),
          "proxy-authenticate", List.of("Basic realm=fake"),
          "te", List.of("trailers"),
          "trailer", List.of("x-fake-trailer"),
          "upgrade", List.of("h2c"),
          "alt-svc", List.of("h3=\":443\""),
          "strict-transport-security", List.of("max-age=31536000"));

  static Delivery of(Said said, List<Fault> faults) {
    Delivery delivery =
        new Delivery(said, Optional.empty(), Optional.empty(), Duration.ZERO, 0, false);
    for (Fault fault : faults) {
      delivery = delivery.with(fault);
    }
    return delivery;
  }

  Answer answer() {
    return said.answer();
  }

  /** What is written, in order. */
  List<Piece> pieces() {
    List<Piece> pieces = Wire.encoded(Wire.pieces(answer()), encoding);
    return pieceBytes == 0 ? pieces : Wire.cut(pieces, pieceBytes);
  }

  private Delivery with(Fault fault) {
    return switch (fault) {
      case Fault.None() -> this;
      case Fault.Status status -> with(refusal(status));
      case Fault.ResetBeforeHeaders() -> stopping(Stop.BEFORE_HEADERS, Stop.End.RESET);
      case Fault.ResetAfterHeaders() -> stopping(0, Stop.End.RESET);
      case Fault.ResetAfterEvents(int events) -> stopping(events, Stop.End.RESET);
      case Fault.StallBeforeHeaders() -> stopping(Stop.BEFORE_HEADERS, Stop.End.STALL);
      case Fault.StallAfterEvents(int events) -> stopping(events, Stop.End.STALL);
      case Fault.HoldAfterEvents(int events) -> stopping(events, Stop.End.HOLD);
      case Fault.Encoded(Encoding coding) ->
          new Delivery(said, Optional.of(coding), stop, pause, pieceBytes, lies);
      case Fault.ErrorInside200(int events) -> with(failing(events, ""));
      case Fault.QuotedKey(int code) -> with(quoting(code));
      case Fault.QuotedKeyInside200(int events) -> with(failing(events, quote()));
      case Fault.SlowDrip(Duration gap, int bytes) ->
          new Delivery(said, encoding, stop, gap, bytes, lies);
      case Fault.CleanEndAfterEvents(int events) -> with(answer().withEvents(first(events)));
      case Fault.NoUsage() -> with(answer().withEvents(withoutUsage()));
      case Fault.BadJson() -> with(answer().withEvents(broken()));
      case Fault.WrongContentLength() ->
          new Delivery(said, encoding, stop, pause, pieceBytes, true);
      case Fault.HugeHeaders(int bytes) -> with(answer().withHeaders(huge(bytes)));
      case Fault.HopByHop() -> with(answer().withHeaders(HOP_BY_HOP));
      case Fault.Redirect(String location) -> with(redirect(location));
    };
  }

  private Delivery with(Answer answer) {
    return new Delivery(said.withAnswer(answer), encoding, stop, pause, pieceBytes, lies);
  }

  private Delivery stopping(int afterPieces, Stop.End end) {
    Optional<Stop> at = Optional.of(new Stop(afterPieces, end));
    return new Delivery(said, encoding, at, pause, pieceBytes, lies);
  }

  private Answer refusal(Fault.Status status) {
    String body =
        status
            .body()
            .orElseGet(
                () ->
                    Json.text(
                        Errors.body(
                            said.dialect(), status.code(), "Fake fault " + status.code() + ".")));
    Answer refusal =
        new Answer(
            status.code(),
            answer().headers(),
            Framing.JSON,
            List.of(new Event("", body, 0)),
            Tokens.NONE);
    return status
        .retryAfter()
        .map(after -> List.of(Long.toString(after.toSeconds())))
        .map(seconds -> refusal.withHeaders(Map.of("retry-after", seconds)))
        .orElse(refusal);
  }

  private Answer redirect(String location) {
    return new Answer(302, answer().headers(), Framing.JSON, List.of(), Tokens.NONE)
        .withHeaders(Map.of("location", List.of(location)));
  }

  private Answer quoting(int code) {
    return refusal(new Fault.Status(code, Json.text(Errors.body(said.dialect(), code, quote()))))
        .withHeaders(Map.of("x-fake-quote", List.of(quote())));
  }

  private String quote() {
    return "The key " + said.key() + " is no good.";
  }

  /**
   * @param more added to the sentence
   */
  private Answer failing(int events, String more) {
    List<Event> sent = new ArrayList<>(first(events));
    Event failure = Errors.inStream(said.dialect(), sent.size());
    sent.add(failure.withData(failure.data().replaceFirst("\"message\":\"", "$0" + more)));
    Tokens begun = events == 0 ? Tokens.NONE : answer().begun();
    return new Answer(200, answer().headers(), answer().framing(), sent, begun);
  }

  private List<Event> first(int events) {
    List<Event> all = answer().events();
    return all.subList(0, Math.min(events, all.size()));
  }

  private List<Event> withoutUsage() {
    return answer().events().stream()
        .map(event -> event.withData(UsageRemoval.from(event.data())))
        .toList();
  }

  private List<Event> broken() {
    List<Event> events = new ArrayList<>(answer().events());
    int at = Math.min(1, events.size() - 1);
    String data = events.get(at).data();
    events.set(at, events.get(at).withData(data.substring(0, data.length() / 2)));
    return events;
  }

  private static Map<String, List<String>> huge(int bytes) {
    List<String> values = new ArrayList<>();
    for (int left = bytes; left > 0; left -= HUGE_HEADER) {
      values.add("x".repeat(Math.min(left, HUGE_HEADER)));
    }
    return Map.of("x-fake-huge", values);
  }
}
