package io.keyfront.protocols.bound;

import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.Splice;
import io.keyfront.protocols.bound.OutputPlaces.Config;
import io.keyfront.protocols.bound.OutputPlaces.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lowers the maximum output of a body, as splices: no other byte changes. Nothing is ever raised.
 */
public final class Clamp {
  /**
   * Least thinking budget that Anthropic takes; it must be below {@code max_tokens}
   * (https://platform.claude.com/docs/en/build-with-claude/extended-thinking).
   */
  public static final long LEAST_ANTHROPIC_THINKING = 1_024;

  /**
   * Least thinking budget that every Gemini model with budgets takes
   * (https://ai.google.dev/gemini-api/docs/thinking: 128 for Pro, 512 for Flash-Lite).
   */
  public static final long LEAST_GEMINI_THINKING = 512;

  /** Tokens left for the answer proper where a thinking budget is lowered, if there is room. */
  public static final long ANSWER_ROOM = 256;

  private Clamp() {}

  /** The field to insert into a Chat Completions body that has no maximum. */
  public enum ChatMaximum {
    MAX_COMPLETION_TOKENS("max_completion_tokens"),
    MAX_TOKENS("max_tokens");

    private final String field;

    ChatMaximum(String field) {
      this.field = field;
    }
  }

  /**
   * The splices that lower the maximum output to {@code most} tokens a choice, and the thinking
   * budget below it.
   *
   * @param most at least 1
   * @param chat for OpenAI Chat only
   * @return no splice where the body asks for no more anyway; empty where it cannot be clamped:
   *     embeddings, a predicted output, or a thinking budget that would fall below the least
   * @throws IllegalArgumentException when {@code most} is below 1
   */
  public static Optional<List<Splice>> to(
      long most, Protocol protocol, MeasuredBody measured, ChatMaximum chat) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "A clamped call makes at least 1 token, not " + most + ".");
    }
    if (protocol == Protocol.OPENAI_EMBEDDINGS || measured.asked().output().prediction()) {
      return Optional.empty();
    }
    List<Splice> splices = new ArrayList<>(2);
    Optional<Limit> thinking =
        measured.places().thinkingBudget().filter(limit -> limit.tokens() >= most);
    if (thinking.isPresent()) {
      long least = leastThinking(protocol);
      if (most <= least) {
        return Optional.empty();
      }
      splices.add(set(thinking.get(), Math.max(least, most - ANSWER_ROOM)));
    }
    splices.addAll(maximum(most, protocol, measured, chat));
    return Optional.of(splices);
  }

  private static long leastThinking(Protocol protocol) {
    return protocol == Protocol.GEMINI ? LEAST_GEMINI_THINKING : LEAST_ANTHROPIC_THINKING;
  }

  private static List<Splice> maximum(
      long most, Protocol protocol, MeasuredBody measured, ChatMaximum chat) {
    List<Limit> limits = measured.places().maximums();
    if (limits.stream().anyMatch(limit -> limit.tokens() >= 0)) {
      return limits.stream()
          .filter(limit -> limit.tokens() > most)
          .map(limit -> set(limit, most))
          .toList();
    }
    String field = field(protocol, chat);
    return List.of(
        limits.stream()
            .filter(limit -> Spelling.flat(limit.field()).equals(Spelling.flat(field)))
            .findFirst()
            .map(limit -> set(limit, most))
            .orElseGet(() -> inserted('"' + field + "\":" + most, protocol, measured)));
  }

  private static Splice set(Limit limit, long tokens) {
    return new Splice(limit.value(), Long.toString(tokens));
  }

  private static String field(Protocol protocol, ChatMaximum chat) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> "max_tokens";
      case OPENAI_CHAT -> chat.field;
      case OPENAI_RESPONSES -> "max_output_tokens";
      case GEMINI -> "maxOutputTokens";
      case OPENAI_EMBEDDINGS -> throw new IllegalArgumentException("Embeddings have no output.");
    };
  }

  private static Splice inserted(String field, Protocol protocol, MeasuredBody measured) {
    if (protocol != Protocol.GEMINI) {
      return Splice.insert(measured.scanned().insertAt(), field, measured.scanned().empty());
    }
    Optional<Config> config = measured.places().generationConfig();
    if (config.isEmpty()) {
      String whole = "\"generationConfig\":{" + field + "}";
      return Splice.insert(measured.scanned().insertAt(), whole, measured.scanned().empty());
    }
    return config.get().object()
        ? Splice.insert(config.get().value().end(), field, config.get().empty())
        : new Splice(config.get().value(), "{" + field + "}");
  }
}
