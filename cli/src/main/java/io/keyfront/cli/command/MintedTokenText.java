package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.cli.client.AdminClient;
import io.keyfront.cli.output.EnvironmentLines;
import java.util.Map;

/** A new token for people: the plaintext, and lines to paste. */
final class MintedTokenText {
  private MintedTokenText() {}

  static String of(JsonNode token, AdminClient client) {
    String plaintext = token.path("token").asText();
    String agents = client.get("info", Map.of()).path("agents").asText();
    return """
        Token %s/%s, shown this once:

        %s

        For the environment of an agent:

        %s
        """
        .formatted(
            token.path("namespace").asText(),
            token.path("name").asText(),
            plaintext,
            String.join("\n", EnvironmentLines.of(agents, plaintext)));
  }
}
