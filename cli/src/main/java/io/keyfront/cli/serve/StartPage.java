package io.keyfront.cli.serve;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.core.secret.SecretText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code keyfront serve} shows when it is ready.
 *
 * @param agents the URL that agents call
 * @param demo the demo token; empty when it is revoked or the user's own
 * @param providers those with a credential
 * @param demoReaches those of them that are in the demo token's scope
 * @param offline whether every model is answered by the mock
 * @param resources the folder that is watched, if there is one
 * @param findings what is wrong with it
 * @param warnings what the person should know besides
 * @param readyAfter from the start of the process
 */
public record StartPage(
    String version,
    URI agents,
    URI management,
    String home,
    Optional<SecretText> demo,
    Set<String> providers,
    Set<String> demoReaches,
    boolean offline,
    Optional<String> resources,
    List<Finding> findings,
    List<String> warnings,
    Duration readyAfter) {
  /** The most findings that are listed. */
  public static final int FINDINGS_SHOWN = 20;

  private static final String DEMO_MISSING = "<token>";

  /** The whole page, ending with a line break. */
  public String text() {
    StringBuilder page = new StringBuilder();
    page.append("\nKeyfront ").append(version).append("\n\n");
    line(page, "agents", agents + "/{anthropic,openai/v1,gemini,…}");
    line(page, "management", management + "  (health, metrics, admin API)");
    line(page, "home", home);
    line(page, "providers", providerLine());
    resources.ifPresent(folder -> line(page, "resources", folder + "  (watched)"));
    line(
        page,
        "demo token",
        demo.map(SecretText::reveal).orElse("none; keyfront token create makes one"));
    page.append("\nTry it, in another terminal:\n");
    command(page, "A streamed answer from the built-in mock model", curl());
    command(page, "Claude Code", claudeCode());
    command(page, "Codex", codex());
    problems(page);
    page.append("\nready in ").append(readyAfter.toMillis()).append(" ms\n");
    return page.toString();
  }

  private String providerLine() {
    if (offline) {
      return "none yet: every model is answered by the mock. Set ANTHROPIC_API_KEY, OPENAI_API_KEY, …";
    }
    return String.join(", ", providers.stream().sorted().toList());
  }

  private String token() {
    return demo.map(SecretText::reveal).orElse(DEMO_MISSING);
  }

  private String curl() {
    return """
        curl -N %s/anthropic/v1/messages -H 'x-api-key: %s' -H 'anthropic-version: 2023-06-01' \\
          -H 'content-type: application/json' \\
          -d '{"model":"mock","max_tokens":256,"stream":true,"messages":[{"role":"user","content":"Hello"}]}'"""
        .formatted(agents, token());
  }

  private String claudeCode() {
    return "ANTHROPIC_BASE_URL=%s/anthropic ANTHROPIC_API_KEY=%s claude -p 'Say hello'%s"
        .formatted(agents, token(), reaches("anthropic") ? "" : " --model mock");
  }

  private String codex() {
    return """
        KF=%s codex exec --skip-git-repo-check%s -c model_provider=kf \\
          -c 'model_providers.kf={name="kf",base_url="%s/openai/v1",env_key="KF",wire_api="responses"}' 'Say hello'"""
        .formatted(token(), reaches("openai") ? "" : " -m mock", agents);
  }

  /** Whether the harness's usual models get an answer, from the provider or from the mock. */
  private boolean reaches(String provider) {
    return offline || demoReaches.contains(provider);
  }

  private void problems(StringBuilder page) {
    warnings.forEach(warning -> page.append("\nWarning: ").append(warning).append('\n'));
    if (findings.isEmpty()) {
      return;
    }
    page.append("\nProblems in the resources (what is right is in force):\n");
    findings.stream()
        .limit(FINDINGS_SHOWN)
        .forEach(finding -> page.append("  ").append(finding.text()).append('\n'));
    if (findings.size() > FINDINGS_SHOWN) {
      page.append("  … and ")
          .append(findings.size() - FINDINGS_SHOWN)
          .append(" more: keyfront check lists all.\n");
    }
  }

  private static void line(StringBuilder page, String name, String value) {
    page.append("  %-12s%s\n".formatted(name, value));
  }

  private static void command(StringBuilder page, String title, String text) {
    page.append("\n# ").append(title).append('\n').append(text).append('\n');
  }
}
