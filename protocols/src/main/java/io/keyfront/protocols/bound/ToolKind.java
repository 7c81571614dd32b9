package io.keyfront.protocols.bound;

import io.keyfront.core.provider.Protocol;

/** What the {@code type} of a tool says of where it runs. */
enum ToolKind {
  /** The caller runs it, and the body describes it. */
  DESCRIBED,
  /** The caller runs it, and the provider describes it. */
  BUILT_IN,
  /** Several tools under one name. */
  GROUP,
  /** The provider runs it, or it is unknown. */
  SERVER,
  /** The provider runs it, at most {@code max_uses} times where that is given. */
  LIMITED,
  /** A search with a price of its own. */
  SEARCH,
  /** The same, at most {@code max_uses} times where that is given. */
  LIMITED_SEARCH;

  boolean isServer() {
    return compareTo(SERVER) >= 0;
  }

  boolean isSearch() {
    return this == SEARCH || this == LIMITED_SEARCH;
  }

  boolean isLimited() {
    return this == LIMITED || this == LIMITED_SEARCH;
  }

  static ToolKind of(Protocol protocol, String type) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> anthropic(type);
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> openAi(type);
      case GEMINI -> SERVER;
    };
  }

  /** https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-reference */
  private static ToolKind anthropic(String type) {
    if (type.equals("custom")) {
      return DESCRIBED;
    }
    if (type.startsWith("web_search_")) {
      return LIMITED_SEARCH;
    }
    if (type.startsWith("web_fetch_")) {
      return LIMITED;
    }
    boolean callerRuns =
        type.startsWith("bash_")
            || type.startsWith("text_editor_")
            || type.startsWith("computer_")
            || type.startsWith("memory_");
    return callerRuns ? BUILT_IN : SERVER;
  }

  /** https://platform.openai.com/docs/guides/tools; other vendors' names end the same. */
  private static ToolKind openAi(String type) {
    return switch (type) {
      case "function", "custom" -> DESCRIBED;
      case "local_shell", "apply_patch" -> BUILT_IN;
      case "namespace" -> GROUP;
      case "file_search", "tool_search" -> SERVER;
      default -> type.contains("search") ? SEARCH : SERVER;
    };
  }
}
