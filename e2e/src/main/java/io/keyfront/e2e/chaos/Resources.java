package io.keyfront.e2e.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The folder of resources that all proxies watch, and the budgets that it ever declared. */
// Whole documents are read more easily on their own.
@SuppressWarnings("InlineFormatString")
final class Resources {
  private static final String CREDENTIAL =
      """
      apiVersion: keyfront.io/v1alpha1
      kind: ProviderCredential
      metadata: {name: %1$s}
      spec:
        provider: %1$s
        endpoint: %2$s
        protocol: %3$s
        auth: {apiKey: {secretRef: {name: provider-key, key: key}}}
      %4$s
      ---
      """;

  private static final String SETTINGS =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: provider-key}
      stringData: {key: sk-fake-of-the-chaos-test}
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: KeyfrontSettings
      metadata: {name: keyfront, namespace: keyfront-system}
      spec:
        providers:
          - {name: fakeopen, capabilities: {streamOptions: true}}
          - {name: fakeshared, capabilities: {streamOptions: true}}
        prices:
          - {provider: fakeopen, model: "*", %1$s}
          - {provider: fakeshared, model: "*", %1$s}
          - {provider: fakeclaude, model: "*", %1$s}
      """;

  /** The same as the bill's. */
  private static final String PRICES =
      "input: '2', output: '10', cacheRead: '0.2', cacheWrite: '2.5', cacheWrite1h: '4',"
          + " contextWindow: 32768, maxOutput: "
          + AgentCall.MOST_WORDS;

  private static final String TOKEN =
      """
      apiVersion: keyfront.io/v1alpha1
      kind: MachineToken
      metadata: {name: %1$s}
      spec:
        scopes: ["fake*:%1$s-model-*"]
        tokenFrom: {secretRef: {name: token-%1$s, key: token}}
        limits: {%2$s}
      %3$s
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: token-%1$s}
      stringData: {token: %4$s}
      """;

  private final Path folder;
  private final Map<String, Limit> highest = new ConcurrentHashMap<>();

  Resources(Path folder, String endpoint) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write("settings.yaml", SETTINGS.formatted(PRICES));
    Limit shared = Cast.sharedLimit();
    write(
        "credentials.yaml",
        CREDENTIAL.formatted(Cast.OPEN, endpoint, "openai-responses", "")
            + CREDENTIAL.formatted(Cast.CLAUDE, endpoint, "anthropic-messages", "")
            + CREDENTIAL.formatted(Cast.SHARED, endpoint, "openai-responses", budget(shared)));
    Cast.PURSES.forEach(purse -> declare(purse, Limit.of(purse)));
  }

  Path folder() {
    return folder;
  }

  /** The highest that a proxy may have had in force. */
  Limit highest(Purse purse) {
    return highest.getOrDefault(purse.name(), Limit.NONE);
  }

  /** Gives a token another budget; the proxies take it up within a second. */
  void declare(Purse purse, Limit limit) {
    highest.merge(purse.name(), limit, Limit::highest);
    String limits =
        purse.concurrency().isPresent()
            ? "concurrency: %d, requestsPerMinute: %d"
                .formatted(purse.concurrency().getAsInt(), purse.requestsPerMinute().getAsInt())
            : "";
    write(
        "token-" + purse.name() + ".yaml",
        TOKEN.formatted(purse.name(), limits, budget(limit), purse.token()));
  }

  private static String budget(Limit limit) {
    if (limit.equals(Limit.NONE)) {
      return "";
    }
    StringBuilder budget = new StringBuilder("  budget:\n");
    limit
        .usdNano()
        .ifPresent(nano -> budget.append("    usd: \"").append(decimal(nano)).append("\"\n"));
    limit.tokens().ifPresent(tokens -> budget.append("    tokens: ").append(tokens).append('\n'));
    return budget.toString();
  }

  private static String decimal(long nano) {
    return "%d.%09d".formatted(nano / 1_000_000_000L, nano % 1_000_000_000L);
  }

  private void write(String name, String text) {
    try {
      Path part = folder.resolveSibling(name + ".part");
      Files.writeString(part, text);
      Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
