package io.keyfront.operator.report;

import io.keyfront.compiler.finding.Reason;

/**
 * Every reason that a condition or an event of ours can have. docs/operations.md says what to do
 * about each.
 */
public enum ConditionReason {
  /** All is well. */
  VALID("Valid"),
  /** The resource has a value that is not allowed. */
  INVALID("Invalid"),
  /** A Secret, or a key of it, that it refers to is not there or cannot be used. */
  SECRET_MISSING("SecretMissing"),
  /** It claims what another resource, or somebody's Secret, has already. */
  CONFLICT("Conflict"),
  /** Another alias takes precedence on everything that this one matches. */
  OVERRIDDEN("Overridden"),
  /** It names a provider that nobody defines. */
  UNKNOWN_PROVIDER("UnknownProvider"),
  /** It asks for what is not built yet. */
  NOT_SUPPORTED_YET("NotSupportedYet"),
  /** It is allowed, but without any effect. */
  NO_EFFECT("NoEffect"),
  /** Some live proxy does not run it yet. */
  NOT_LOADED("NotLoaded"),
  /** No proxy is live that could run it. */
  NO_PROXY("NoProxy"),
  /** It is not in the snapshot yet, as that could not be written. */
  NOT_PUBLISHED("NotPublished"),
  /** The provider refused the key when the operator asked it. */
  AUTH_FAILED("AuthFailed"),
  /** The operator asked the provider, and cannot tell whether it takes the key. */
  VALIDATION_UNKNOWN("ValidationUnknown"),
  /** The key of a credential ends soon. */
  RENEWAL_DUE("RenewalDue"),
  REVOKED("Revoked"),
  EXPIRED("Expired"),
  BUDGET_EXHAUSTED("BudgetExhausted"),
  /** The namespace is being deleted, so nothing can be made in it. */
  NAMESPACE_TERMINATING("NamespaceTerminating"),
  /** The operator lacks a right. */
  FORBIDDEN("Forbidden"),
  /** A key was made that signs tokens; only events say so. */
  SIGNING_KEY_MADE("SigningKeyMade"),
  /** Something went wrong that is tried again. */
  RETRYING("Retrying");

  private final String label;

  ConditionReason(String label) {
    this.label = label;
  }

  /** The word as conditions and events write it. */
  public String label() {
    return label;
  }

  static ConditionReason of(Reason reason) {
    return switch (reason) {
      case INVALID, UNKNOWN_FIELD -> INVALID;
      case NOT_SUPPORTED_YET -> NOT_SUPPORTED_YET;
      case SECRET_MISSING -> SECRET_MISSING;
      case UNKNOWN_PROVIDER -> UNKNOWN_PROVIDER;
      case CONFLICT -> CONFLICT;
      case OVERRIDDEN -> OVERRIDDEN;
      case NO_EFFECT -> NO_EFFECT;
    };
  }

  /** What the API server's refusal is called. */
  public static ConditionReason of(Trouble trouble) {
    return switch (trouble.word()) {
      case FORBIDDEN -> FORBIDDEN;
      case NAMESPACE_TERMINATING -> NAMESPACE_TERMINATING;
      case CONFLICT, REFUSED, UNREACHABLE, INTERNAL -> RETRYING;
    };
  }
}
