package io.keyfront.protocols.bound;

import io.keyfront.core.provider.Protocol;

/** What the {@code type} of a message, item or content part says of its size. */
enum PartKind {
  /** Everything the model reads of it stands in the body. */
  TEXT,
  /** Stands for a tool that the body describes elsewhere, and is replaced by its description. */
  TOOL_REFERENCE,
  IMAGE,
  /** Documents, audio, files, containers, references to what the provider keeps, anything new. */
  UNKNOWN;

  static PartKind of(Protocol protocol, String type) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> anthropic(type);
      case OPENAI_CHAT -> chat(type);
      case OPENAI_RESPONSES -> responses(type);
      case OPENAI_EMBEDDINGS, GEMINI -> UNKNOWN;
    };
  }

  /** https://platform.claude.com/docs/en/api/messages: the content blocks of a request. */
  private static PartKind anthropic(String type) {
    return switch (type) {
      case "text",
          "thinking",
          "redacted_thinking",
          "tool_use",
          "server_tool_use",
          "mcp_tool_use",
          "tool_result",
          "mcp_tool_result",
          "search_result" ->
          TEXT;
      case "tool_reference" -> TOOL_REFERENCE;
      case "image" -> IMAGE;
      default -> UNKNOWN;
    };
  }

  /** https://platform.openai.com/docs/api-reference/chat/create: the content parts. */
  private static PartKind chat(String type) {
    return switch (type) {
      case "text", "refusal" -> TEXT;
      case "image_url" -> IMAGE;
      default -> UNKNOWN;
    };
  }

  /** https://platform.openai.com/docs/api-reference/responses/create: items and their parts. */
  private static PartKind responses(String type) {
    return switch (type) {
      case "message",
          "input_text",
          "output_text",
          "refusal",
          "reasoning",
          "function_call",
          "function_call_output",
          "custom_tool_call",
          "custom_tool_call_output",
          "local_shell_call",
          "local_shell_call_output",
          "apply_patch_call",
          "apply_patch_call_output",
          "web_search_call",
          "computer_call",
          "computer_call_output",
          "mcp_call",
          "mcp_list_tools",
          "mcp_approval_request",
          "mcp_approval_response" ->
          TEXT;
      case "input_image", "computer_screenshot" -> IMAGE;
      default -> UNKNOWN;
    };
  }
}
