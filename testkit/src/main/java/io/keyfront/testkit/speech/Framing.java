package io.keyfront.testkit.speech;

/** How the events of an answer lie on the wire. */
public enum Framing {
  /** One JSON document. */
  JSON("application/json", ""),
  /** Server-sent events. */
  SSE("text/event-stream; charset=utf-8", "\n"),
  /** Server-sent events whose lines end in CRLF, as Gemini sends them. */
  SSE_CRLF("text/event-stream", "\r\n"),
  /** A JSON array whose elements arrive one by one: Gemini's stream without {@code alt=sse}. */
  JSON_ARRAY("application/json; charset=UTF-8", "");

  private final String contentType;
  private final String lineEnd;

  Framing(String contentType, String lineEnd) {
    this.contentType = contentType;
    this.lineEnd = lineEnd;
  }

  public String contentType() {
    return contentType;
  }

  /** Ends a line of an event; empty where there are no lines. */
  public String lineEnd() {
    return lineEnd;
  }
}
