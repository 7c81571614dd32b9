package io.keyfront.cli.output;

import java.util.List;

/** What to paste into the environment of an agent that is to use a token. */
public final class EnvironmentLines {
  private EnvironmentLines() {}

  /**
   * @param agents the URL that agents call, without a path
   */
  public static List<String> of(String agents, String token) {
    return List.of(
        "export ANTHROPIC_BASE_URL=" + agents + "/anthropic",
        "export ANTHROPIC_API_KEY=" + token,
        "export OPENAI_BASE_URL=" + agents + "/openai/v1",
        "export OPENAI_API_KEY=" + token,
        "export GOOGLE_GEMINI_BASE_URL=" + agents + "/gemini",
        "export GEMINI_API_KEY=" + token);
  }
}
