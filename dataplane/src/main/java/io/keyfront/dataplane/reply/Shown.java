package io.keyfront.dataplane.reply;

import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.forward.Answering;
import io.keyfront.protocols.answer.AnswerReader;
import io.keyfront.protocols.answer.AnswerReaders;
import io.keyfront.protocols.answer.Reading;
import io.keyfront.protocols.answer.Redaction;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client is shown of an answer: read on the way, without the chunk that nobody asked for,
 * and, where it tells of an error, without the credential in use.
 *
 * <p>Providers' sentences about a key that they refuse may quote it. An answer of success is not
 * searched for it: nobody writes a key there, and to look would cost every call a pass over every
 * byte. Only events that come in pieces are, as they may tell of an error at their end.
 */
final class Shown {
  private static final int NO_CONTENT = 204;

  private final Answering answering;
  private final AnswerReader reader;
  private @Nullable Redaction redaction;

  /**
   * @param events whether the answer is a stream of server-sent events
   */
  Shown(Answering answering, boolean events) {
    this.answering = answering;
    this.reader = reader(answering, events);
    this.redaction = answering.isGood() ? null : answering.redaction();
  }

  private static AnswerReader reader(Answering answering, boolean events) {
    Targeted call = answering.admitted().permitted().targeted();
    boolean metered = call.routed().operation() == Operation.GENERATE && answering.isGood();
    if (!metered
        || answering.status() == NO_CONTENT
        || answering.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
      return AnswerReaders.none();
    }
    Protocol protocol = call.routed().protocol();
    return events
        ? AnswerReaders.sse(protocol, answering.usageInjected(), answering::redaction)
        : AnswerReaders.json(protocol);
  }

  /** Whether secrets would be found: not in an error that is still compressed. */
  boolean isReadable() {
    String coding = answering.headers().get(HttpHeaders.CONTENT_ENCODING);
    return answering.isGood()
        || answering.status() == 304
        || coding == null
        || coding.equalsIgnoreCase("identity");
  }

  Reading reading() {
    return reader.reading();
  }

  /** Of the next bytes: the very same array where nothing is hidden or held back. */
  byte[] feed(byte[] bytes) {
    byte[] shown = reader.feed(bytes);
    return redaction == null && !reader.failed() ? shown : redaction().feed(shown);
  }

  /** What was held back so far. */
  byte[] end() {
    byte[] rest = reader.end();
    return redaction == null && !reader.failed() ? rest : redaction().last(rest);
  }

  /** Whether the answer was whole, as far as its protocol tells; to be asked at its end. */
  boolean isClosed() {
    return reader.closed();
  }

  /** Cleans the headers of an answer that is none of success. */
  void clean(MultiMap headers) {
    if (redaction == null) {
      return;
    }
    for (Map.Entry<String, String> header : headers.entries()) {
      String clean = redaction.text(header.getValue());
      if (!clean.equals(header.getValue())) {
        headers.set(header.getKey(), clean);
      }
    }
  }

  /** From the first error on; what came before it within its piece is searched too. */
  private Redaction redaction() {
    Redaction known = redaction == null ? answering.redaction() : redaction;
    redaction = known;
    return known;
  }
}
