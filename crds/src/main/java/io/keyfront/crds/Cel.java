package io.keyfront.crds;

/**
 * Rules of the schema in CEL, which say what {@code problems()} says: the API server refuses a
 * resource when it is applied, and the compiler refuses it again wherever it comes from.
 *
 * <p>The patterns are RE2's. Sources: the Kubernetes pages on validation rules and their libraries
 * ({@code ip}, {@code cidr}: Kubernetes 1.30; {@code format}: 1.31). A rule that is new is compiled
 * with what the release before knew, so the chart asks for 1.32.
 */
final class Cel {
  private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String DECIMAL_FORM = "r'^(0|[1-9][0-9]{0,5})([.][0-9]{1,9})?$'";
  private static final String DURATION_FORM = "r'^[0-9]{1,9}[smhd]$'";
  private static final String SECONDS_OF_UNIT = "{'s': 1, 'm': 60, 'h': 3600, 'd': 86400}";

  static final String LABEL = "self.matches(r'^" + LABEL_FORM + "$')";
  static final String OBJECT = "self.matches(r'^" + LABEL_FORM + "([.]" + LABEL_FORM + ")*$')";
  static final String SECRET_KEY = "self.matches(r'^[-._a-zA-Z0-9]+$')";
  static final String VISIBLE = "self.matches(r'^[^\\s\\p{Z}\\p{C}]+$')";
  static final String NO_GLOB = "!self.contains('*') && !self.contains('?')";
  static final String NOT_BLANK = "self.matches(r'\\S')";
  static final String CHOICE = "is no choice; write one of ";

  static final String DURATION = "self.matches(" + DURATION_FORM + ")";
  static final String DURATION_MESSAGE = "is not a duration; " + DurationText.FIX;

  /** 1 s to 3650 days; what is no duration is told by {@link #DURATION}. */
  static final String DURATION_IN_RANGE =
      "!"
          + DURATION
          + " || ("
          + "int(self.substring(0, size(self) - 1)) * "
          + SECONDS_OF_UNIT
          + "[self.substring(size(self) - 1)] >= 1 && "
          + "int(self.substring(0, size(self) - 1)) * "
          + SECONDS_OF_UNIT
          + "[self.substring(size(self) - 1)] <= 315360000)";

  static final String DURATION_RANGE_MESSAGE = "is out of range; write 1s to 3650d";

  static final String TIME =
      "self.matches(r'^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
          + "(Z|[-+][0-9]{2}:[0-9]{2})$') && !format.datetime().validate(self).hasValue()";

  /** What an address must be wherever it leads: the compiler judges where it leads. */
  static final String ENDPOINT =
      "isURL(self) && self.matches(r'^(?i:https?)://[^/?#@]+(/[^?#]*)?$')";

  static final String ENDPOINT_MESSAGE =
      "is no address; write a URL like https://models.example.com/v1, without a user name or a query";

  static final String RECEIVER =
      "isURL(self) && self.matches(r'^(?i:https?)://[^/?#@]+([/?][^#]*)?$')";
  static final String RECEIVER_MESSAGE =
      "is no address; write a URL like https://hooks.example.com/keyfront, without a user name";

  static final String NOT_MOCK = "self != 'mock'";

  /** {@link ProviderCredentialSpec#RESERVED}, as a test finds. */
  static final String NOT_RESERVED =
      "!(self in ['v1', 'v1beta', 'health', 'healthz', 'readyz', 'usage', 'metrics', 'admin'])";

  /** {@link LabelSelector#KEY_MAX}. */
  static final String LABEL_KEYS = "self.all(key, size(key) <= 317)";

  static final String OTHER_ADMIN_SECRET =
      "!has(self.secretRef) || !has(self.admin)"
          + " || self.secretRef.name != self.admin.secretRef.name"
          + " || self.secretRef.key != self.admin.secretRef.key";

  static final String ADOPTED_STAYS =
      "!has(self.secretName) || !has(self.tokenFrom)"
          + " || self.secretName != self.tokenFrom.secretRef.name";

  static final String CIDR = "isCIDR(self) || isIP(self)";

  static final String USD = "self.matches(r'^[0-9]{1,7}([.][0-9]{1,9})?$')";
  static final String USD_IN_RANGE = "!" + USD + " || int(self.split('.')[0]) <= 9007199";

  static final String DECIMAL = "self.matches(" + DECIMAL_FORM + ")";

  static final String LEASE_ALONE =
      "!has(self.budget) || !has(self.limits) || !has(self.limits.concurrency)"
          + " || !has(self.budget.onLedgerLoss) || self.budget.onLedgerLoss != 'Lease'";
  static final String LEASE_ALONE_MESSAGE =
      "'Lease' cannot be kept together with limits.concurrency, which nobody counts for all proxies"
          + " while the ledger is away; write Deny or Allow, or leave limits.concurrency out";

  /** That one price is not below another; what is no price is told by {@link #DECIMAL}. */
  static final String CACHE_WRITE_AT_LEAST_INPUT =
      "!has(self.cacheWrite) || !self.cacheWrite.matches("
          + DECIMAL_FORM
          + ") || !self.input.matches("
          + DECIMAL_FORM
          + ") || double(self.cacheWrite) >= double(self.input)";

  static final String CACHE_WRITE_1H_AT_LEAST_INPUT =
      "!has(self.cacheWrite1h) || !self.cacheWrite1h.matches("
          + DECIMAL_FORM
          + ") || !self.input.matches("
          + DECIMAL_FORM
          + ") || double(self.cacheWrite1h) >= double(self.input)";

  static final String CACHE_WRITE_1H_AT_LEAST_CACHE_WRITE =
      "!has(self.cacheWrite1h) || !has(self.cacheWrite) || !self.cacheWrite1h.matches("
          + DECIMAL_FORM
          + ") || !self.cacheWrite.matches("
          + DECIMAL_FORM
          + ") || double(self.cacheWrite1h) >= double(self.cacheWrite)";

  /** What is no duration is told by {@link #DURATION}. */
  static final String ROTATES_WITHIN_TTL =
      "!has(self.rotateBefore) || !has(self.ttl) || !self.ttl.matches("
          + DURATION_FORM
          + ") || !self.rotateBefore.matches("
          + DURATION_FORM
          + ") || int(self.rotateBefore.substring(0, size(self.rotateBefore) - 1)) * "
          + SECONDS_OF_UNIT
          + "[self.rotateBefore.substring(size(self.rotateBefore) - 1)]"
          + " < int(self.ttl.substring(0, size(self.ttl) - 1)) * "
          + SECONDS_OF_UNIT
          + "[self.ttl.substring(size(self.ttl) - 1)]";

  private Cel() {}
}
