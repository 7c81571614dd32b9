package io.keyfront.dataplane.count;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.keyfront.core.provider.Provider;
import java.util.List;
import java.util.Optional;

/** OpenAI's published vocabularies, by the models that read with them. */
enum Vocabulary {
  O200K(EncodingType.O200K_BASE),
  CL100K(EncodingType.CL100K_BASE);

  private static final List<String> O200K_MODELS =
      List.of("gpt-4o", "chatgpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "o1", "o3", "o4-mini");
  private static final List<String> CL100K_MODELS = List.of("gpt-4", "gpt-3.5-turbo");

  private static final String PROVIDER = "openai";
  private static final String FINE_TUNED = "ft:";
  private static final String ENDS = "-:";

  private final EncodingType type;

  Vocabulary(EncodingType type) {
    this.type = type;
  }

  /**
   * The vocabulary of a model, as OpenAI's own tokenizer names it
   * (https://github.com/openai/tiktoken/blob/main/tiktoken/model.py). Models that it does not name,
   * and models of others that speak OpenAI's protocol, have none here.
   */
  static Optional<Vocabulary> of(Provider provider, String model) {
    if (!provider.name().equals(PROVIDER)) {
      return Optional.empty();
    }
    String base = model.startsWith(FINE_TUNED) ? model.substring(FINE_TUNED.length()) : model;
    for (Vocabulary vocabulary : values()) {
      for (String family : vocabulary.families()) {
        if (isOf(family, base)) {
          return Optional.of(vocabulary);
        }
      }
    }
    return Optional.empty();
  }

  private List<String> families() {
    return switch (this) {
      case O200K -> O200K_MODELS;
      case CL100K -> CL100K_MODELS;
    };
  }

  private static boolean isOf(String family, String model) {
    return model.startsWith(family)
        && (model.length() == family.length() || ENDS.indexOf(model.charAt(family.length())) >= 0);
  }

  /**
   * Tokens of a text by itself. The first count of a vocabulary reads it, which takes up to a
   * second or two on a busy machine, and some 20 MiB of heap from then on.
   */
  long count(String text) {
    Encoding encoding = Loaded.REGISTRY.getEncoding(type);
    return encoding.countTokensOrdinary(text);
  }

  /** Read when it is first asked for, so that a start pays nothing. */
  private static final class Loaded {
    static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
  }
}
