package io.keyfront.protocols.body;

import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.answer.ByteScan;
import io.keyfront.protocols.body.ScannedBody.Text;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scans the bodies that agents really send, several times as fast as {@link BodyFields}: strings,
 * which are most of a prompt, eight bytes at a time. It gives up at whatever is wrong, rare or
 * needs words; then {@code BodyFields} reads the body anew and decides. So it may be too careful,
 * never too generous. For one use.
 */
final class PlainScan {
  private static final int MAX_DEPTH = 64;

  private final byte[] body;
  private final Protocol protocol;
  private final PlainJson json;
  private final Set<BodyField> seen = EnumSet.noneOf(BodyField.class);
  private @Nullable Text model;
  private boolean stream;
  private long maxOutput = -1;

  private PlainScan(Protocol protocol, byte[] body) {
    this.body = body;
    this.protocol = protocol;
    this.json = new PlainJson(body);
  }

  /** Null when it gave up. */
  static @Nullable ScannedBody scan(Protocol protocol, byte[] body) {
    return ByteScan.isUtf8(body) ? new PlainScan(protocol, body).scanned() : null;
  }

  private @Nullable ScannedBody scanned() {
    json.skipBlanks();
    if (!json.take('{')) {
      return null;
    }
    int insertAt = json.at();
    json.skipBlanks();
    boolean empty = json.take('}');
    if ((!empty && !fields()) || !json.isAtEnd()) {
      return null;
    }
    if (model == null && protocol != Protocol.GEMINI) {
      return null;
    }
    OptionalLong most = maxOutput < 0 ? OptionalLong.empty() : OptionalLong.of(maxOutput);
    return new ScannedBody(
        Optional.ofNullable(model), stream, most, Optional.empty(), false, insertAt, empty);
  }

  private boolean fields() {
    do {
      json.skipBlanks();
      if (!field()) {
        return false;
      }
      json.skipBlanks();
    } while (json.take(','));
    return json.take('}');
  }

  private boolean field() {
    int from = json.at() + 1;
    if (!json.name()) {
      return false;
    }
    int to = json.at() - 1;
    if (!isPlain(from, to)) {
      return false;
    }
    BodyField field = named(from, to);
    if (!json.colon()) {
      return false;
    }
    if (field == null) {
      return json.value(MAX_DEPTH);
    }
    return field.isSpelt(text(from, to)) && seen.add(field) && known(field);
  }

  private @Nullable BodyField named(int from, int to) {
    return BodyField.mayBe(protocol, body, from, to)
        ? BodyField.of(protocol, text(from, to))
        : null;
  }

  private boolean known(BodyField field) {
    return switch (field) {
      case MODEL -> model();
      case STREAM -> stream();
      case MAX_TOKENS, MAX_COMPLETION_TOKENS, MAX_OUTPUT_TOKENS -> count();
      case STREAM_OPTIONS, GENERATION_CONFIG -> false;
    };
  }

  private boolean model() {
    int start = json.at();
    if (!json.string()) {
      return false;
    }
    int end = json.at();
    int length = end - start - 2;
    if (length < 1 || length > BodyScanner.MAX_MODEL_LENGTH || !isPlain(start + 1, end - 1)) {
      return false;
    }
    model = new Text(text(start + 1, end - 1), new Span(start, end));
    return true;
  }

  private boolean stream() {
    stream = json.literal(PlainJson.TRUE);
    return stream || json.literal(PlainJson.FALSE);
  }

  private boolean count() {
    long count = json.count();
    maxOutput = Math.max(maxOutput, count);
    return count >= 0;
  }

  /** Whether it is printable ASCII without escapes. */
  private boolean isPlain(int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] < ' ' || body[i] == 0x7f || body[i] == '\\') {
        return false;
      }
    }
    return true;
  }

  private String text(int from, int to) {
    return new String(body, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
