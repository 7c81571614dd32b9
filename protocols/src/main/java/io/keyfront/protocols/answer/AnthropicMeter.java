package io.keyfront.protocols.answer;

import io.keyfront.core.money.Usage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic Messages. A stream tells input and cache in {@code message_start} and the output in
 * {@code message_delta}, whose counts are running totals; so the largest of each counts (Anthropic
 * API reference, "Streaming messages").
 */
final class AnthropicMeter extends Meter {
  private static final FieldTree FIELDS = FieldTree.of(paths());
  private static final byte[] NAMED = "event: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BLOCK = "content_block_".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PING = "ping".getBytes(StandardCharsets.UTF_8);

  private boolean seen;
  private boolean closing;
  private boolean stopped;
  private long input;
  private long cacheRead;
  private long cacheWrite;
  private long cacheWrite5m;
  private long cacheWrite1h;
  private long output;
  private long searches;

  AnthropicMeter(boolean streamed) {
    super(FIELDS, streamed);
  }

  @Override
  boolean wants(byte[] bytes, int from, int to, boolean whole) {
    int name = from + NAMED.length;
    return !ByteScan.isAt(bytes, from, to, NAMED)
        || !(ByteScan.isAt(bytes, name, to, BLOCK) || ByteScan.isAt(bytes, name, to, PING));
  }

  @Override
  void take(FieldPicker found) {
    takeModel(found);
    takeTier(found);
    takeError(found, Field.ERROR_TYPE, Field.ERROR_CODE);
    String type = found.text(Field.TYPE);
    stopped |= "message_stop".equals(type);
    boolean told = found.hasCount(Field.INPUT) || found.hasCount(Field.OUTPUT);
    if (!told) {
      return;
    }
    seen = true;
    closing |= !isStreamed() || "message_delta".equals(type);
    input = Math.max(input, found.count(Field.INPUT));
    cacheRead = Math.max(cacheRead, found.count(Field.CACHE_READ));
    cacheWrite = Math.max(cacheWrite, found.count(Field.CACHE_WRITE));
    cacheWrite5m = Math.max(cacheWrite5m, found.count(Field.CACHE_WRITE_5M));
    cacheWrite1h = Math.max(cacheWrite1h, found.count(Field.CACHE_WRITE_1H));
    output = Math.max(output, found.count(Field.OUTPUT));
    searches = Math.max(searches, found.count(Field.SEARCHES));
  }

  @Override
  @Nullable Usage usage() {
    if (!seen) {
      return null;
    }
    // What was written without saying for how long lives five minutes.
    long fiveMinutes = Math.max(cacheWrite5m, cacheWrite - cacheWrite1h);
    return new Usage(
        input, cacheRead, fiveMinutes, cacheWrite1h, output, 0, 0, 0, searches, Optional.empty());
  }

  @Override
  boolean isFinal() {
    return seen && closing && (stopped || !isStreamed());
  }

  @Override
  boolean isOver() {
    return stopped;
  }

  private static Map<String, Field> paths() {
    Map<String, Field> paths = new HashMap<>();
    paths.put("type", Field.TYPE);
    paths.put("error", Field.ERROR);
    paths.put("error.type", Field.ERROR_TYPE);
    paths.put("error.code", Field.ERROR_CODE);
    for (String message : new String[] {"", "message."}) {
      String usage = message + "usage.";
      paths.put(message + "model", Field.MODEL);
      paths.put(usage + "input_tokens", Field.INPUT);
      paths.put(usage + "cache_read_input_tokens", Field.CACHE_READ);
      paths.put(usage + "cache_creation_input_tokens", Field.CACHE_WRITE);
      paths.put(usage + "cache_creation.ephemeral_5m_input_tokens", Field.CACHE_WRITE_5M);
      paths.put(usage + "cache_creation.ephemeral_1h_input_tokens", Field.CACHE_WRITE_1H);
      paths.put(usage + "output_tokens", Field.OUTPUT);
      paths.put(usage + "server_tool_use.web_search_requests", Field.SEARCHES);
      paths.put(usage + "service_tier", Field.TIER);
      paths.put(usage + "speed", Field.SPEED);
    }
    return paths;
  }
}
