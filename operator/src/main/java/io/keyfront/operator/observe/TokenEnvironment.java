package io.keyfront.operator.observe;

import io.keyfront.core.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a minted Secret holds, made for {@code envFrom}: an agent that gets it as environment needs
 * nothing else.
 *
 * @param serviceUrl where agents call, without a path
 */
public record TokenEnvironment(String serviceUrl) {
  /** The key of the plaintext itself. */
  public static final String TOKEN = "KEYFRONT_TOKEN";

  public TokenEnvironment {
    serviceUrl = serviceUrl.replaceFirst("/+$", "");
  }

  /** Name to value. */
  public Map<String, String> of(SecretText plaintext) {
    String token = plaintext.reveal();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("ANTHROPIC_BASE_URL", serviceUrl + "/anthropic");
    all.put("ANTHROPIC_API_KEY", token);
    all.put("OPENAI_BASE_URL", serviceUrl + "/openai/v1");
    all.put("OPENAI_API_KEY", token);
    all.put("GOOGLE_GEMINI_BASE_URL", serviceUrl + "/gemini");
    all.put("GEMINI_API_KEY", token);
    all.put(TOKEN, token);
    all.put("KEYFRONT_URL", serviceUrl);
    // The names that the predecessor's workloads read.
    all.put("RELAY_LLM_PROXY", serviceUrl);
    all.put("RELAY_LLM_PROXY_URL", serviceUrl);
    all.put("CREDENTIAL_PROXY_TOKEN", token);
    all.put("RELAY_LLM_PROXY_TOKEN", token);
    return all;
  }

  /** The same in base64, as Secrets hold data. */
  public Map<String, String> data(SecretText plaintext) {
    Map<String, String> encoded = new LinkedHashMap<>();
    of(plaintext)
        .forEach(
            (key, value) ->
                encoded.put(
                    key,
                    Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return encoded;
  }

  /** Whether a Secret's data hold all of it; more may be there. */
  boolean isIn(Map<String, String> data, String plaintext) {
    return data(SecretText.of(plaintext)).entrySet().stream()
        .allMatch(
            entry ->
                MessageDigest.isEqual(
                    entry.getValue().getBytes(StandardCharsets.UTF_8),
                    data.getOrDefault(entry.getKey(), "").getBytes(StandardCharsets.UTF_8)));
  }
}
