package io.keyfront.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.keyfront.core.provider.Stopping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * KeyfrontSettings: everything that is not a credential, a token or an alias. A singleton named
 * {@value #NAME}.
 *
 * @param jwt who may sign session tokens and admin tokens
 * @param trustedHops how many proxies stand in front, for the client's address; 0..{@value
 *     #HOPS_MAX}, default 0
 * @param providers changes to providers of the catalog or custom ones; at most {@value
 *     #PROVIDERS_MAX}
 * @param defaultLimits of tokens that set none of their own, each limit by itself
 * @param prices of models, in order of precedence; at most {@value #PRICES_MAX}
 * @param webhooks who is told of what happens; at most {@value #WEBHOOKS_MAX}
 */
public record KeyfrontSettingsSpec(
    @Nullable Jwt jwt,
    @Default("0") @Min(0) @Max(HOPS_MAX) int trustedHops,
    @Size(max = PROVIDERS_MAX) @UniqueBy("name") List<ProviderSettings> providers,
    @Nullable LimitsSpec defaultLimits,
    @Size(max = PRICES_MAX) List<PriceSettings> prices,
    @Size(max = WEBHOOKS_MAX) @UniqueBy("name") List<WebhookSettings> webhooks) {
  /** The only name the resource may have. */
  public static final String NAME = "keyfront";

  public static final int HOPS_MAX = 10;
  public static final int PROVIDERS_MAX = 64;
  public static final int PRICES_MAX = 256;
  public static final int WEBHOOKS_MAX = 16;
  public static final int AUDIENCES_MAX = 16;
  public static final int AUDIENCE_LENGTH_MAX = 256;

  public KeyfrontSettingsSpec {
    providers = providers == null ? List.of() : List.copyOf(providers);
    prices = prices == null ? List.of() : List.copyOf(prices);
    webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
  }

  /**
   * Who may sign tokens (HS256).
   *
   * @param audiences one of them must be in a session token's {@code aud}; empty is the default
   *     {@code relay-llm-proxy}; at most {@value #AUDIENCES_MAX}
   * @param secretRef the secret that signs session tokens, at least 32 bytes; absent accepts none
   * @param admin who may sign admin tokens
   */
  @ValidationRule(
      value = "has(self.secretRef) || !has(self.audiences) || size(self.audiences) == 0",
      message = "has no effect without secretRef; add secretRef or remove it",
      fieldPath = ".audiences")
  @ValidationRule(
      value = Cel.OTHER_ADMIN_SECRET,
      message =
          "is the secret that signs session tokens; make another one: whoever signs for workloads"
              + " must not be an admin",
      fieldPath = ".admin.secretRef")
  public record Jwt(
      @Size(max = AUDIENCES_MAX)
          @ItemRule(value = Cel.VISIBLE, message = "is not allowed here; write it without blanks")
          List<@Size(max = AUDIENCE_LENGTH_MAX) String> audiences,
      @Nullable SecretRef secretRef,
      @Nullable Admin admin) {

    public Jwt {
      audiences = audiences == null ? List.of() : List.copyOf(audiences);
    }

    public List<Problem> problems() {
      var problems = new Problems();
      checkAudiences(problems, audiences);
      if (secretRef != null) {
        problems.addAll("secretRef", secretRef.problems());
      } else if (!audiences.isEmpty()) {
        problems.add("audiences", "has no effect without secretRef", "add secretRef or remove it");
      }
      if (admin != null) {
        problems.addAll("admin", admin.problems());
      }
      return problems.list();
    }
  }

  /**
   * Who may sign admin tokens (HS256): the right to read usage.
   *
   * @param audiences one of them must be in {@code aud}; empty is the default {@code
   *     relay-credential-proxy-admin}; at most {@value #AUDIENCES_MAX}
   * @param secretRef at least 32 bytes, and not the one of session tokens
   */
  public record Admin(
      @Size(max = AUDIENCES_MAX)
          @ItemRule(value = Cel.VISIBLE, message = "is not allowed here; write it without blanks")
          List<@Size(max = AUDIENCE_LENGTH_MAX) String> audiences,
      @Required SecretRef secretRef) {

    public Admin {
      audiences = audiences == null ? List.of() : List.copyOf(audiences);
    }

    public List<Problem> problems() {
      var problems = new Problems();
      checkAudiences(problems, audiences);
      problems.addAll("secretRef", secretRef.problems());
      return problems.list();
    }
  }

  /**
   * Changes to one provider.
   *
   * @param name of the catalog, or a custom one
   * @param endpoint replaces the catalog's address for every credential that has none of its own
   * @param capabilities what it can do beyond its protocol
   * @param limits what may go through it in a minute and at once, over all tokens and credentials
   * @param budget what may be spent with it, over all tokens and credentials
   */
  @ValidationRule(
      value = Cel.LEASE_ALONE,
      message = Cel.LEASE_ALONE_MESSAGE,
      fieldPath = ".budget.onLedgerLoss")
  public record ProviderSettings(
      @Required
          @Size(max = Names.LABEL_MAX)
          @ValidationRule(value = Cel.LABEL, message = "is not a provider; " + Names.LABEL_FIX)
          String name,
      @Size(max = ProviderCredentialSpec.ENDPOINT_MAX)
          @ValidationRule(value = Cel.ENDPOINT, message = Cel.ENDPOINT_MESSAGE)
          @Nullable String endpoint,
      @Nullable Capabilities capabilities,
      @Nullable LimitsSpec limits,
      @Nullable BudgetSpec budget) {

    public List<Problem> problems() {
      var problems = new Problems();
      problems.text("name", name, Names.LABEL_MAX, Names.LABEL, Names.LABEL_FIX);
      problems.maxLength("endpoint", endpoint, ProviderCredentialSpec.ENDPOINT_MAX);
      if (capabilities != null) {
        problems.addAll("capabilities", capabilities.problems());
      }
      if (limits != null) {
        problems.addAll("limits", limits.problems());
      }
      if (budget != null) {
        problems.addAll("budget", budget.problems());
      }
      BudgetSpec.together(problems, limits, budget);
      return problems.list();
    }
  }

  /**
   * What a provider can do beyond its protocol.
   *
   * @param streamOptions whether Chat Completions may carry {@code stream_options}; absent keeps
   *     what is known
   * @param stopsOnReset whether it stops generating and billing when a call's connection is reset;
   *     only together with {@code maxTokensPerSecond}
   * @param maxTokensPerSecond the fastest that one answer is generated, thinking included;
   *     1..{@value Stopping#MOST}
   */
  @ValidationRule(
      value = "(has(self.stopsOnReset) && self.stopsOnReset) == has(self.maxTokensPerSecond)",
      message =
          "and maxTokensPerSecond say something only together; write stopsOnReset: true and"
              + " maxTokensPerSecond, or neither",
      fieldPath = ".stopsOnReset")
  public record Capabilities(
      @Nullable Boolean streamOptions,
      @Nullable Boolean stopsOnReset,
      @Min(1) @Max(Stopping.MOST) @Nullable Long maxTokensPerSecond) {

    public List<Problem> problems() {
      var problems = new Problems();
      problems.range("maxTokensPerSecond", maxTokensPerSecond, 1, Stopping.MOST);
      if (Boolean.TRUE.equals(stopsOnReset) != (maxTokensPerSecond != null)) {
        problems.add(
            "stopsOnReset",
            "and maxTokensPerSecond say something only together",
            "write stopsOnReset: true and maxTokensPerSecond, or neither");
      }
      return problems.list();
    }
  }

  /** Everything that is wrong with this spec by itself. */
  public List<Problem> problems() {
    var problems = new Problems();
    if (jwt != null) {
      problems.addAll("jwt", jwt.problems());
    }
    problems.range("trustedHops", trustedHops, 0, HOPS_MAX);
    problems.count("providers", providers, 0, PROVIDERS_MAX);
    problems.each("providers", providers, ProviderSettings::problems);
    if (defaultLimits != null) {
      problems.addAll("defaultLimits", defaultLimits.problems());
    }
    problems.count("prices", prices, 0, PRICES_MAX);
    problems.each("prices", prices, PriceSettings::problems);
    problems.count("webhooks", webhooks, 0, WEBHOOKS_MAX);
    problems.each("webhooks", webhooks, WebhookSettings::problems);
    return problems.list();
  }

  private static void checkAudiences(Problems problems, List<String> audiences) {
    problems.count("audiences", audiences, 0, AUDIENCES_MAX);
    problems.each(
        "audiences",
        audiences,
        audience -> {
          var one = new Problems();
          one.text("", audience, AUDIENCE_LENGTH_MAX, Names.MODEL, "write it without blanks");
          return one.list();
        });
  }
}
