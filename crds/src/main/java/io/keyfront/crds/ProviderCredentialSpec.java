package io.keyfront.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.keyfront.core.provider.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A ProviderCredential: what the proxy presents upstream.
 *
 * @param provider a name of the catalog, or a custom one with {@code endpoint} and {@code protocol}
 * @param endpoint overrides the provider's address: an https URL, with a base path if need be
 * @param protocol what a provider of your own speaks, required for one and not allowed for others
 * @param auth how the credential proves itself
 * @param priority among the credentials of a provider, the lower goes first; 0 to {@value
 *     #PRIORITY_MAX}, default 0
 * @param weight share among credentials of one priority; 1..{@value #WEIGHT_MAX}, default 1
 * @param models globs of the models it serves; empty is all; at most {@value #MODELS_MAX}
 * @param allowedNamespaces whose tokens may use it, by the namespaces' labels; absent is its own
 *     namespace only, an empty selector is all
 * @param limits what may go through it in a minute and at once, over all tokens
 * @param budget what may be spent with it, over all tokens
 * @param expiresAt when the key ends, as its owner knows it, RFC 3339: {@code
 *     2027-01-31T12:00:00Z}. It is not used from then on, and {@code RenewalDue} says so beforehand
 * @param validate whether the operator asks the provider for its list of models with the key: when
 *     the key is new, and once an hour. Some keys that may not list models work all the same
 */
@ValidationRule(
    value = Cel.LEASE_ALONE,
    message = Cel.LEASE_ALONE_MESSAGE,
    fieldPath = ".budget.onLedgerLoss")
public record ProviderCredentialSpec(
    @Required
        @Size(max = Names.LABEL_MAX)
        @ValidationRule(value = Cel.LABEL, message = "is not a provider; " + Names.LABEL_FIX)
        @ValidationRule(
            value = Cel.NOT_MOCK,
            message = "is the mock, which needs no credential; remove this resource")
        @ValidationRule(
            value = Cel.NOT_RESERVED,
            message = "is a path of the proxy itself; choose another name")
        String provider,
    @Size(max = ENDPOINT_MAX) @ValidationRule(value = Cel.ENDPOINT, message = Cel.ENDPOINT_MESSAGE)
        @Nullable String endpoint,
    @Choices({
          "anthropic-messages",
          "openai-chat",
          "openai-responses",
          "openai-embeddings",
          "gemini"
        })
        @Nullable String protocol,
    @Required Auth auth,
    @Default("0") @Min(0) @Max(PRIORITY_MAX) int priority,
    @Default("1") @Min(1) @Max(WEIGHT_MAX) Integer weight,
    @Size(max = MODELS_MAX)
        @ItemRule(value = Cel.VISIBLE, message = "is not allowed here; " + Names.MODEL_FIX)
        List<@Size(max = Names.MODEL_MAX) String> models,
    @Nullable LabelSelector allowedNamespaces,
    @Nullable LimitsSpec limits,
    @Nullable BudgetSpec budget,
    @Size(max = TIME_MAX)
        @ValidationRule(
            value = Cel.TIME,
            message = "is not a point in time; " + TokenLifetime.EXPIRES_AT_FIX)
        @Nullable String expiresAt,
    @Default("false") boolean validate) {
  public static final int PRIORITY_MAX = 1000;
  public static final int WEIGHT_MAX = 1000;
  public static final int MODELS_MAX = 64;
  public static final int ENDPOINT_MAX = 2048;

  /** First segments of paths that the proxy itself answers, which no provider may be named. */
  public static final Set<String> RESERVED =
      Set.of("v1", "v1beta", "health", "healthz", "readyz", "usage", "metrics", "admin");

  private static final int TIME_MAX = 35;
  private static final String AUTH_FIX = "write apiKey with a secretRef";

  public ProviderCredentialSpec {
    weight = weight == null ? 1 : weight;
    models = models == null ? List.of() : List.copyOf(models);
  }

  /**
   * How the credential proves itself: exactly one way.
   *
   * @param apiKey a key in the header that the provider's protocol uses for one
   */
  @ValidationRule(value = "has(self.apiKey)", message = "says no way to authenticate; " + AUTH_FIX)
  public record Auth(@Nullable ApiKey apiKey) {

    public List<Problem> problems() {
      var problems = new Problems();
      if (apiKey == null) {
        problems.add("", "says no way to authenticate", AUTH_FIX);
      } else {
        problems.addAll("apiKey.secretRef", apiKey.secretRef().problems());
      }
      return problems.list();
    }
  }

  /**
   * A provider's key.
   *
   * @param secretRef where it lies
   */
  public record ApiKey(@Required SecretRef secretRef) {}

  /** Everything that is wrong with this spec by itself. */
  public List<Problem> problems() {
    var problems = new Problems();
    problems.text("provider", provider, Names.LABEL_MAX, Names.LABEL, Names.LABEL_FIX);
    problems.maxLength("endpoint", endpoint, ENDPOINT_MAX);
    if (protocol != null && Protocol.byId(protocol).isEmpty()) {
      problems.add("protocol", "'" + protocol + "' is not a protocol", "write " + protocolIds());
    }
    problems.addAll("auth", auth.problems());
    problems.range("priority", priority, 0, PRIORITY_MAX);
    problems.range("weight", weight, 1, WEIGHT_MAX);
    problems.count("models", models, 0, MODELS_MAX);
    problems.each("models", models, ModelNames::globProblems);
    if (allowedNamespaces != null) {
      problems.addAll("allowedNamespaces", allowedNamespaces.problems());
    }
    if (limits != null) {
      problems.addAll("limits", limits.problems());
    }
    if (budget != null) {
      problems.addAll("budget", budget.problems());
    }
    BudgetSpec.together(problems, limits, budget);
    TokenLifetime.checkTime(problems, "expiresAt", expiresAt);
    return problems.list();
  }

  private static String protocolIds() {
    return Arrays.stream(Protocol.values()).map(Protocol::id).collect(Collectors.joining(", "));
  }
}
