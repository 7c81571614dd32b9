package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.provider.Protocol;
import java.util.List;

/** The mock speaking one protocol, about one call. */
interface Voice {
  /** The request, understood. */
  Prompt prompt();

  /** The answer in one document. */
  JsonNode document(Reply reply);

  /** The answer as a stream. */
  List<Frame> frames(Reply reply);

  /**
   * @throws IllegalArgumentException for embeddings, which are no conversation
   */
  static Voice of(Protocol protocol, Call call) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> new AnthropicVoice(call);
      case OPENAI_CHAT -> new ChatVoice(call);
      case OPENAI_RESPONSES -> new ResponsesVoice(call);
      case GEMINI -> new GeminiVoice(call);
      case OPENAI_EMBEDDINGS -> throw new IllegalArgumentException("Embeddings have no voice.");
    };
  }
}
