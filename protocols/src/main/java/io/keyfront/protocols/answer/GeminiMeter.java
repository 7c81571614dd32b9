package io.keyfront.protocols.answer;

import io.keyfront.core.money.Usage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gemini. Every chunk may carry the running usage; of each count the last counts. Cached tokens are
 * part of the prompt, thoughts are not part of the candidates (Gemini API reference,
 * "UsageMetadata").
 */
final class GeminiMeter extends Meter {
  private static final FieldTree FIELDS =
      FieldTree.of(
          Map.ofEntries(
              Map.entry("modelVersion", Field.MODEL),
              Map.entry("usageMetadata.trafficType", Field.TIER),
              Map.entry("candidates.finishReason", Field.FINISH),
              Map.entry("promptFeedback.blockReason", Field.FINISH),
              Map.entry("usageMetadata.promptTokenCount", Field.INPUT),
              Map.entry("usageMetadata.toolUsePromptTokenCount", Field.TOOL_INPUT),
              Map.entry("usageMetadata.cachedContentTokenCount", Field.CACHE_READ),
              Map.entry("usageMetadata.candidatesTokenCount", Field.OUTPUT),
              Map.entry("usageMetadata.thoughtsTokenCount", Field.REASONING),
              Map.entry("usageMetadata.promptTokensDetails", Field.INPUT_PARTS),
              Map.entry("usageMetadata.promptTokensDetails.modality", Field.MODALITY),
              Map.entry("usageMetadata.promptTokensDetails.tokenCount", Field.PART_TOKENS),
              Map.entry("usageMetadata.candidatesTokensDetails", Field.OUTPUT_PARTS),
              Map.entry("usageMetadata.candidatesTokensDetails.modality", Field.MODALITY),
              Map.entry("usageMetadata.candidatesTokensDetails.tokenCount", Field.PART_TOKENS),
              Map.entry("error", Field.ERROR),
              Map.entry("error.status", Field.ERROR_TYPE),
              Map.entry("error.code", Field.ERROR_CODE)));

  private final Map<Field, Long> last = new EnumMap<>(Field.class);
  private boolean seen;
  private boolean finished;
  private boolean closed;

  GeminiMeter(boolean streamed) {
    super(FIELDS, streamed);
  }

  @Override
  boolean wants(byte[] bytes, int from, int to, boolean whole) {
    return true;
  }

  @Override
  void take(FieldPicker found) {
    takeModel(found);
    takeTier(found);
    takeError(found, Field.ERROR_TYPE, Field.ERROR_CODE);
    finished |= found.text(Field.FINISH) != null;
    boolean told = found.hasCount(Field.INPUT) || found.hasCount(Field.OUTPUT);
    if (!told) {
      return;
    }
    seen = true;
    closed |= finished || !isStreamed();
    last.putAll(found.counts());
  }

  @Override
  @Nullable Usage usage() {
    if (!seen) {
      return null;
    }
    long prompt = last(Field.INPUT) + last(Field.TOOL_INPUT);
    long cached = Math.min(prompt, last(Field.CACHE_READ));
    long output = last(Field.OUTPUT) + last(Field.REASONING);
    return new Usage(
        prompt - cached,
        cached,
        0,
        0,
        output,
        last(Field.REASONING),
        Math.min(prompt - cached, last(Field.INPUT_PARTS)),
        Math.min(output, last(Field.OUTPUT_PARTS)),
        0,
        Optional.empty());
  }

  @Override
  boolean isFinal() {
    return seen && closed;
  }

  @Override
  boolean isOver() {
    return finished;
  }

  private long last(Field field) {
    return last.getOrDefault(field, 0L);
  }
}
