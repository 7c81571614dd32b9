package io.keyfront.protocols.answer;

import io.keyfront.core.money.Usage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI Responses. A stream tells its usage in the event that ends it: {@code response.completed},
 * {@code response.incomplete} or {@code response.failed}.
 */
final class ResponsesMeter extends Meter {
  private static final FieldTree FIELDS = FieldTree.of(paths());
  private static final byte[] PROGRESS = "event: response.".getBytes(StandardCharsets.UTF_8);
  private static final byte[][] ENDS = {
    "completed".getBytes(StandardCharsets.UTF_8),
    "incomplete".getBytes(StandardCharsets.UTF_8),
    "failed".getBytes(StandardCharsets.UTF_8)
  };

  private @Nullable Usage usage;
  private boolean closed;
  private boolean over;

  ResponsesMeter(boolean streamed) {
    super(FIELDS, streamed);
  }

  @Override
  boolean wants(byte[] bytes, int from, int to, boolean whole) {
    if (!ByteScan.isAt(bytes, from, to, PROGRESS)) {
      return true;
    }
    for (byte[] end : ENDS) {
      if (ByteScan.isAt(bytes, from + PROGRESS.length, to, end)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void take(FieldPicker found) {
    takeModel(found);
    takeTier(found);
    String type = found.text(Field.TYPE);
    if ("error".equals(type)) {
      takeErrorEvent(found);
    } else {
      takeError(found, Field.ERROR_CODE, Field.ERROR_TYPE);
    }
    over |= isEnd(type);
    Usage told = OpenAiUsage.of(found);
    if (told != null) {
      usage = told;
      closed |= !isStreamed() || over;
    }
  }

  @Override
  @Nullable Usage usage() {
    return usage;
  }

  @Override
  boolean isFinal() {
    return usage != null && closed;
  }

  @Override
  boolean isOver() {
    return over;
  }

  private static boolean isEnd(@Nullable String type) {
    return "response.completed".equals(type)
        || "response.incomplete".equals(type)
        || "response.failed".equals(type);
  }

  private static Map<String, Field> paths() {
    Map<String, Field> paths = new HashMap<>();
    paths.put("type", Field.TYPE);
    paths.put("code", Field.EVENT_CODE);
    for (String response : new String[] {"", "response."}) {
      String usage = response + "usage.";
      paths.put(response + "model", Field.MODEL);
      paths.put(response + "service_tier", Field.TIER);
      paths.put(response + "error", Field.ERROR);
      paths.put(response + "error.code", Field.ERROR_CODE);
      paths.put(response + "error.type", Field.ERROR_TYPE);
      paths.put(usage + "input_tokens", Field.INPUT);
      paths.put(usage + "input_tokens_details.cached_tokens", Field.CACHE_READ);
      paths.put(usage + "output_tokens", Field.OUTPUT);
      paths.put(usage + "output_tokens_details.reasoning_tokens", Field.REASONING);
      paths.put(usage + "total_tokens", Field.TOTAL);
      paths.put(usage + "cost", Field.COST);
    }
    return paths;
  }
}
