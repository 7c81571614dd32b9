package io.keyfront.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.keyfront.core.net.Cidr;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A MachineToken: what a workload presents, and all it may do with it.
 *
 * @param format {@code Opaque} (the default): a random string, of which only the SHA-256 is kept;
 *     {@code JWT}: signed, with an end that it names itself; {@code ServiceAccount}: the token that
 *     Kubernetes gives the pods of a ServiceAccount, so there is no secret at all. It cannot be
 *     changed
 * @param serviceAccountName the ServiceAccount of this namespace whose pods may call; with format
 *     {@code ServiceAccount} only, and then required
 * @param secretName the Secret that the minted token is written to, with the base URLs beside it,
 *     made for {@code envFrom}; absent writes none. Not with format {@code ServiceAccount}
 * @param tokenFrom adopts an existing token instead of minting one; with format {@code Opaque} only
 * @param scopes what it may use: {@code provider:model} with globs on both sides, a provider alone,
 *     or {@code *}; 1 to {@value #SCOPES_MAX}, checked on what a call really gets, after aliases
 * @param ttl lifetime, counted from the resource's creation: {@code 15m}, {@code 24h}, {@code 30d};
 *     1s to 3650d; not together with {@code expiresAt}. Without both it lives for ever, but a JWT
 *     must end. With {@code rotateBefore} it is the lifetime of each plaintext, and the resource
 *     goes on
 * @param expiresAt end of life, RFC 3339: {@code 2027-01-31T12:00:00Z}
 * @param rotateBefore how long before its end a plaintext is followed by a new one in the Secret:
 *     {@code 8h}. Both are valid until the older one's end. Needs {@code ttl} and is shorter than
 *     it; for minted tokens only
 * @param cidrs address blocks it may be used from: {@code 10.0.0.0/8}, {@code 192.0.2.7}; empty is
 *     any; at most {@value #CIDRS_MAX}
 * @param revoked refuses every call from now on
 * @param note for people; at most {@value #NOTE_MAX} characters
 * @param limits what may go through in a minute and at once; absent is no limit, 0 allows nothing
 * @param budget what may be spent in a window, in USD, in tokens or in both; absent is no budget
 */
@ValidationRule(
    value = "!has(self.ttl) || !has(self.expiresAt)",
    message = "stands beside expiresAt; " + TokenLifetime.ONE_OF_TWO_FIX,
    fieldPath = ".ttl")
@ValidationRule(
    value = "!has(self.rotateBefore) || has(self.ttl)",
    message = TokenLifetime.ROTATE_WITHOUT_TTL + "; " + TokenLifetime.ROTATE_WITHOUT_TTL_FIX,
    fieldPath = ".rotateBefore")
@ValidationRule(
    value = Cel.ROTATES_WITHIN_TTL,
    message = TokenLifetime.ROTATE_TOO_EARLY + "; " + TokenLifetime.ROTATE_TOO_EARLY_FIX,
    fieldPath = ".rotateBefore")
@ValidationRule(
    value = "self.format != 'JWT' || has(self.ttl) || has(self.expiresAt)",
    message = TokenFormats.JWT_FOR_EVER + "; " + TokenFormats.JWT_FOR_EVER_FIX,
    fieldPath = ".format")
@ValidationRule(
    value = "self.format != 'ServiceAccount' || has(self.serviceAccountName)",
    message = TokenFormats.ACCOUNT_MISSING + "; " + TokenFormats.ACCOUNT_MISSING_FIX,
    fieldPath = ".serviceAccountName")
@ValidationRule(
    value = "self.format == 'ServiceAccount' || !has(self.serviceAccountName)",
    message = TokenFormats.ACCOUNT_ALONE + "; " + TokenFormats.ACCOUNT_ALONE_FIX,
    fieldPath = ".serviceAccountName")
@ValidationRule(
    value = "self.format != 'ServiceAccount' || !has(self.secretName)",
    message = TokenFormats.NOTHING_MINTED + "; " + TokenFormats.REMOVE_FIX,
    fieldPath = ".secretName")
@ValidationRule(
    value = "self.format != 'ServiceAccount' || !has(self.rotateBefore)",
    message = TokenFormats.NOTHING_MINTED + "; " + TokenFormats.REMOVE_FIX,
    fieldPath = ".rotateBefore")
@ValidationRule(
    value = "!has(self.tokenFrom) || !has(self.rotateBefore)",
    message = TokenFormats.NOTHING_MINTED + "; " + TokenFormats.REMOVE_FIX,
    fieldPath = ".rotateBefore")
@ValidationRule(
    value = "self.format == 'Opaque' || !has(self.tokenFrom)",
    message = TokenFormats.ADOPTS_OPAQUE + "; " + TokenFormats.ADOPTS_OPAQUE_FIX,
    fieldPath = ".tokenFrom")
@ValidationRule(
    value = Cel.ADOPTED_STAYS,
    message = "is the Secret that tokenFrom reads; name another one, or leave it out",
    fieldPath = ".secretName")
@ValidationRule(
    value = Cel.LEASE_ALONE,
    message = Cel.LEASE_ALONE_MESSAGE,
    fieldPath = ".budget.onLedgerLoss")
public record MachineTokenSpec(
    @Default(OPAQUE)
        @Choices({OPAQUE, JWT, SERVICE_ACCOUNT})
        @ValidationRule(
            value = "self == oldSelf",
            message = "cannot be changed; make another MachineToken")
        String format,
    @Size(max = Names.OBJECT_MAX)
        @ValidationRule(value = Cel.OBJECT, message = "is not a name; " + Names.OBJECT_FIX)
        @Nullable String serviceAccountName,
    @Size(max = Names.OBJECT_MAX)
        @ValidationRule(value = Cel.OBJECT, message = "is not a name; " + Names.OBJECT_FIX)
        @Nullable String secretName,
    @Nullable TokenFrom tokenFrom,
    @Required
        @Size(min = 1, max = SCOPES_MAX)
        @ItemRule(value = Cel.VISIBLE, message = "is not allowed here; " + SCOPE_FIX)
        @ItemRule(value = "!self.startsWith(':')", message = "has no provider; " + SCOPE_FIX)
        @ItemRule(
            value = "self.indexOf(':') < 1 || self.indexOf(':') < size(self) - 1",
            message = "has no model; write the provider alone, or :* behind it")
        List<@Size(max = SCOPE_LENGTH_MAX) String> scopes,
    @Size(max = DURATION_MAX)
        @ValidationRule(value = Cel.DURATION, message = Cel.DURATION_MESSAGE)
        @ValidationRule(value = Cel.DURATION_IN_RANGE, message = Cel.DURATION_RANGE_MESSAGE)
        @Nullable String ttl,
    @Size(max = TIME_MAX)
        @ValidationRule(
            value = Cel.TIME,
            message = "is not a point in time; " + TokenLifetime.EXPIRES_AT_FIX)
        @Nullable String expiresAt,
    @Size(max = DURATION_MAX)
        @ValidationRule(value = Cel.DURATION, message = Cel.DURATION_MESSAGE)
        @ValidationRule(value = Cel.DURATION_IN_RANGE, message = Cel.DURATION_RANGE_MESSAGE)
        @Nullable String rotateBefore,
    @Size(max = CIDRS_MAX)
        @ItemRule(value = Cel.CIDR, message = "is not an address block; " + CIDR_FIX)
        List<@Size(max = CIDR_LENGTH_MAX) String> cidrs,
    @Default("false") boolean revoked,
    @Size(max = NOTE_MAX) @Nullable String note,
    @Nullable LimitsSpec limits,
    @Nullable BudgetSpec budget) {
  /** The format of a token that is looked up by its hash. */
  public static final String OPAQUE = "Opaque";

  /** The format of a token that Keyfront signs. */
  public static final String JWT = "JWT";

  /** The format of a token that Kubernetes signs for the pods of a ServiceAccount. */
  public static final String SERVICE_ACCOUNT = "ServiceAccount";

  public static final int SCOPES_MAX = 64;
  public static final int SCOPE_LENGTH_MAX = 320;
  public static final int CIDRS_MAX = 64;
  public static final int NOTE_MAX = 1000;
  public static final Duration TTL_MAX = Duration.ofDays(3650);

  private static final int DURATION_MAX = 10;
  private static final int TIME_MAX = 35;
  private static final int CIDR_LENGTH_MAX = 64;
  private static final String SCOPE_FIX =
      "write a provider (anthropic), a pair (openai:gpt-*) or *";
  private static final String CIDR_FIX = "write it like 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32";

  public MachineTokenSpec {
    format = format == null ? OPAQUE : format;
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
    cidrs = cidrs == null ? List.of() : List.copyOf(cidrs);
  }

  /** An opaque token to be minted, without expiry or restriction of addresses. */
  public static MachineTokenSpec opaque(List<String> scopes) {
    return new MachineTokenSpec(
        OPAQUE, null, null, null, scopes, null, null, null, List.of(), false, null, null, null);
  }

  /** The same with limits and a budget. */
  public MachineTokenSpec limited(@Nullable LimitsSpec limited, @Nullable BudgetSpec budgeted) {
    return new MachineTokenSpec(
        format,
        serviceAccountName,
        secretName,
        tokenFrom,
        scopes,
        ttl,
        expiresAt,
        rotateBefore,
        cidrs,
        revoked,
        note,
        limited,
        budgeted);
  }

  /**
   * Where an adopted token comes from.
   *
   * @param secretRef holds the plaintext, at least 32 characters
   */
  public record TokenFrom(@Required SecretRef secretRef) {}

  /** Everything that is wrong with this spec by itself. */
  public List<Problem> problems() {
    var problems = new Problems();
    TokenFormats.check(problems, this);
    problems.text(
        "serviceAccountName", serviceAccountName, Names.OBJECT_MAX, Names.OBJECT, Names.OBJECT_FIX);
    problems.text("secretName", secretName, Names.OBJECT_MAX, Names.OBJECT, Names.OBJECT_FIX);
    if (tokenFrom != null) {
      problems.addAll("tokenFrom.secretRef", tokenFrom.secretRef().problems());
    }
    problems.count("scopes", scopes, 1, SCOPES_MAX);
    problems.each("scopes", scopes, MachineTokenSpec::scopeProblems);
    TokenLifetime.check(problems, this);
    problems.count("cidrs", cidrs, 0, CIDRS_MAX);
    problems.each("cidrs", cidrs, MachineTokenSpec::cidrProblems);
    problems.maxLength("note", note, NOTE_MAX);
    if (limits != null) {
      problems.addAll("limits", limits.problems());
    }
    if (budget != null) {
      problems.addAll("budget", budget.problems());
    }
    BudgetSpec.together(problems, limits, budget);
    return problems.list();
  }

  private static List<Problem> scopeProblems(String scope) {
    var problems = new Problems();
    int colon = scope.indexOf(':');
    problems.text("", scope, SCOPE_LENGTH_MAX, Names.MODEL, SCOPE_FIX);
    if (colon == 0) {
      problems.add("", "'" + scope + "' has no provider", SCOPE_FIX);
    } else if (colon > 0 && colon == scope.length() - 1) {
      String provider = scope.substring(0, colon);
      problems.add(
          "", "'" + scope + "' has no model", "write " + provider + " or " + provider + ":*");
    }
    return problems.list();
  }

  private static List<Problem> cidrProblems(String cidr) {
    var problems = new Problems();
    try {
      Cidr.parse(cidr);
    } catch (IllegalArgumentException notABlock) {
      problems.add("", "'" + cidr + "' is not an address block", CIDR_FIX);
    }
    return problems.list();
  }
}
