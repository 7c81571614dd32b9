package io.keyfront.crds;

import io.keyfront.core.net.Cidr;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A MachineToken: what a workload presents, and all it may do with it.
 *
 * @param format {@code Opaque}, the default
 * @param secretName the Secret that the minted token is written to
 * @param tokenFrom adopts an existing token instead of minting one
 * @param scopes {@code provider:model} globs, bare providers or {@code *}; 1..{@value #SCOPES_MAX}
 * @param ttl lifetime, counted from the resource's creation: {@code 15m}, {@code 30d}; at most 3650
 *     days; not together with {@code expiresAt}; neither is for ever
 * @param expiresAt end of life, RFC 3339
 * @param cidrs address blocks it may be used from; empty is any; at most {@value #CIDRS_MAX}
 * @param revoked refuses every call from now on
 * @param note for people; at most {@value #NOTE_MAX} characters
 * @param limits what may go through in a minute and at once
 * @param budget what may be spent
 */
public record MachineTokenSpec(
    String format,
    @Nullable String secretName,
    @Nullable TokenFrom tokenFrom,
    List<String> scopes,
    @Nullable String ttl,
    @Nullable String expiresAt,
    List<String> cidrs,
    boolean revoked,
    @Nullable String note,
    @Nullable LimitsSpec limits,
    @Nullable BudgetSpec budget) {
  /** The format of a token that is looked up by its hash. */
  public static final String OPAQUE = "Opaque";

  public static final int SCOPES_MAX = 64;
  public static final int SCOPE_LENGTH_MAX = 320;
  public static final int CIDRS_MAX = 64;
  public static final int NOTE_MAX = 1000;
  public static final Duration TTL_MAX = Duration.ofDays(3650);

  private static final List<String> FORMATS_TO_COME = List.of("JWT", "ServiceAccount");
  private static final String SCOPE_FIX =
      "write a provider (anthropic), a pair (openai:gpt-*) or *";

  public MachineTokenSpec {
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
    cidrs = cidrs == null ? List.of() : List.copyOf(cidrs);
  }

  /** An opaque token to be minted, without expiry or restriction of addresses. */
  public static MachineTokenSpec opaque(List<String> scopes) {
    return new MachineTokenSpec(
        OPAQUE, null, null, scopes, null, null, List.of(), false, null, null, null);
  }

  /** The same with limits and a budget. */
  public MachineTokenSpec limited(@Nullable LimitsSpec limited, @Nullable BudgetSpec budgeted) {
    return new MachineTokenSpec(
        format,
        secretName,
        tokenFrom,
        scopes,
        ttl,
        expiresAt,
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
  public record TokenFrom(SecretRef secretRef) {}

  /** Everything that is wrong with this spec by itself. */
  public List<Problem> problems() {
    var problems = new Problems();
    checkFormat(problems);
    problems.text("secretName", secretName, Names.OBJECT_MAX, Names.OBJECT, Names.OBJECT_FIX);
    if (tokenFrom != null) {
      problems.addAll("tokenFrom.secretRef", tokenFrom.secretRef().problems());
    }
    problems.count("scopes", scopes, 1, SCOPES_MAX);
    problems.each("scopes", scopes, MachineTokenSpec::scopeProblems);
    checkLifetime(problems);
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

  private void checkFormat(Problems problems) {
    if (FORMATS_TO_COME.contains(format)) {
      problems.add("format", "'" + format + "' is not supported yet", "write Opaque");
    } else if (!format.equals(OPAQUE)) {
      problems.add("format", "'" + format + "' is not a format", "write Opaque");
    }
  }

  private void checkLifetime(Problems problems) {
    if (ttl != null && expiresAt != null) {
      problems.add("ttl", "stands beside expiresAt", "keep one of the two");
    }
    if (ttl != null) {
      checkTtl(problems, ttl);
    }
    if (expiresAt != null) {
      checkExpiresAt(problems, expiresAt);
    }
  }

  private static void checkTtl(Problems problems, String ttl) {
    try {
      Duration length = DurationText.parse(ttl);
      if (length.isZero() || length.compareTo(TTL_MAX) > 0) {
        problems.add(
            "ttl", "'" + ttl + "' is out of range", "write 1s to " + TTL_MAX.toDays() + "d");
      }
    } catch (IllegalArgumentException notADuration) {
      problems.add("ttl", "'" + ttl + "' is not a duration", DurationText.FIX);
    }
  }

  private static void checkExpiresAt(Problems problems, String expiresAt) {
    try {
      OffsetDateTime.parse(expiresAt);
    } catch (DateTimeParseException notATime) {
      problems.add(
          "expiresAt",
          "'" + expiresAt + "' is not a point in time",
          "write RFC 3339, like 2027-01-31T12:00:00Z");
    }
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
      problems.add(
          "",
          "'" + cidr + "' is not an address block",
          "write it like 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32");
    }
    return problems.list();
  }
}
