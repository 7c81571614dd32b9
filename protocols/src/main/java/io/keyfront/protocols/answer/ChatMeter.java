package io.keyfront.protocols.answer;

import io.keyfront.core.money.Usage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI Chat Completions and Embeddings, and what compatible servers make of them: DeepSeek's
 * {@code prompt_cache_hit_tokens}, Groq's {@code x_groq.usage}, OpenRouter's {@code cost}, usage in
 * every chunk. The last usage counts.
 */
final class ChatMeter extends Meter {
  /** So many chunks are read for the model's name before it is given up. */
  private static final int MODEL_TRIES = 4;

  private static final FieldTree FIELDS = FieldTree.of(paths());
  private static final byte[] USAGE = "\"usage\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.UTF_8);

  private static final byte[] FINISH = "\"finish_reason\"".getBytes(StandardCharsets.UTF_8);

  private @Nullable Usage usage;
  private boolean closing;
  private boolean finished;
  private int documents;

  ChatMeter(boolean streamed) {
    super(FIELDS, streamed);
  }

  @Override
  boolean wants(byte[] bytes, int from, int to, boolean whole) {
    if (!whole || (!knowsModel() && documents < MODEL_TRIES)) {
      return true;
    }
    for (int at = from; at < to - 1; at++) {
      if (bytes[at] == '"' && isNews(bytes, at, to)) {
        return true;
      }
    }
    return false;
  }

  /** The letter behind the quotation mark rules nearly all names out. */
  private static boolean isNews(byte[] bytes, int at, int to) {
    return switch (bytes[at + 1]) {
      case 'u' -> holds(bytes, at, to, USAGE);
      case 'e' -> holds(bytes, at, to, ERROR);
      case 'f' -> holds(bytes, at, to, FINISH);
      default -> false;
    };
  }

  @Override
  void take(FieldPicker found) {
    documents++;
    takeModel(found);
    takeTier(found);
    takeError(found, Field.ERROR_CODE, Field.ERROR_TYPE);
    finished |= found.text(Field.FINISH) != null;
    Usage told = OpenAiUsage.of(found);
    if (told != null) {
      usage = told;
      closing =
          !isStreamed() || found.isEmptyList(Field.CHOICES) || found.text(Field.FINISH) != null;
    }
  }

  @Override
  @Nullable Usage usage() {
    return usage;
  }

  @Override
  boolean isFinal() {
    return usage != null && (closing || isDone());
  }

  /** Some compatible servers end without {@code [DONE]}: a reason to finish is as good. */
  @Override
  boolean isOver() {
    return finished;
  }

  /** Whether a field of this name stands there with another value than null. */
  private static boolean holds(byte[] bytes, int at, int to, byte[] name) {
    if (!ByteScan.isAt(bytes, at, to, name)) {
      return false;
    }
    int value = at + name.length;
    while (value < to && (bytes[value] == ' ' || bytes[value] == ':')) {
      value++;
    }
    return value == to || bytes[value] != 'n';
  }

  private static Map<String, Field> paths() {
    Map<String, Field> paths = new HashMap<>();
    paths.put("model", Field.MODEL);
    paths.put("service_tier", Field.TIER);
    paths.put("choices", Field.CHOICES);
    paths.put("choices.finish_reason", Field.FINISH);
    paths.put("usage", Field.USAGE);
    paths.put("error", Field.ERROR);
    paths.put("error.type", Field.ERROR_TYPE);
    paths.put("error.code", Field.ERROR_CODE);
    for (String usage : new String[] {"usage.", "x_groq.usage."}) {
      String prompt = usage + "prompt_tokens_details.";
      String answer = usage + "completion_tokens_details.";
      paths.put(usage + "prompt_tokens", Field.INPUT);
      paths.put(usage + "prompt_cache_hit_tokens", Field.CACHE_READ);
      paths.put(usage + "completion_tokens", Field.OUTPUT);
      paths.put(usage + "total_tokens", Field.TOTAL);
      paths.put(usage + "cost", Field.COST);
      paths.put(prompt + "cached_tokens", Field.CACHE_READ);
      paths.put(prompt + "cache_write_tokens", Field.CACHE_WRITE);
      paths.put(prompt + "audio_tokens", Field.AUDIO_INPUT);
      paths.put(answer + "reasoning_tokens", Field.REASONING);
      paths.put(answer + "audio_tokens", Field.AUDIO_OUTPUT);
    }
    return paths;
  }
}
