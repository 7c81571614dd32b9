package io.keyfront.crds;

import java.util.List;

/** Checks of what goes together with a token's format. */
final class TokenFormats {
  static final String JWT_FOR_EVER = "would never expire as a JWT";
  static final String JWT_FOR_EVER_FIX = "add ttl or expiresAt";
  static final String ACCOUNT_MISSING = "is missing";
  static final String ACCOUNT_MISSING_FIX = "name the ServiceAccount whose pods may call";
  static final String ACCOUNT_ALONE = "belongs to format ServiceAccount alone";
  static final String ACCOUNT_ALONE_FIX = "remove it, or write format: ServiceAccount";
  static final String NOTHING_MINTED = "has no meaning where nothing is minted";
  static final String REMOVE_FIX = "remove it";
  static final String ADOPTS_OPAQUE = "adopts an opaque token";
  static final String ADOPTS_OPAQUE_FIX = "remove it, or write format: Opaque";

  private static final List<String> ALL =
      List.of(MachineTokenSpec.OPAQUE, MachineTokenSpec.JWT, MachineTokenSpec.SERVICE_ACCOUNT);

  private TokenFormats() {}

  static void check(Problems problems, MachineTokenSpec spec) {
    String format = spec.format();
    if (!ALL.contains(format)) {
      problems.add(
          "format", "'" + format + "' is not a format", "write one of " + String.join(", ", ALL));
      return;
    }
    boolean account = format.equals(MachineTokenSpec.SERVICE_ACCOUNT);
    boolean adopts = spec.tokenFrom() != null;
    if (format.equals(MachineTokenSpec.JWT) && spec.ttl() == null && spec.expiresAt() == null) {
      problems.add("format", JWT_FOR_EVER, JWT_FOR_EVER_FIX);
    }
    if (account && spec.serviceAccountName() == null) {
      problems.add("serviceAccountName", ACCOUNT_MISSING, ACCOUNT_MISSING_FIX);
    }
    if (!account && spec.serviceAccountName() != null) {
      problems.add("serviceAccountName", ACCOUNT_ALONE, ACCOUNT_ALONE_FIX);
    }
    if (account && spec.secretName() != null) {
      problems.add("secretName", NOTHING_MINTED, REMOVE_FIX);
    }
    if ((account || adopts) && spec.rotateBefore() != null) {
      problems.add("rotateBefore", NOTHING_MINTED, REMOVE_FIX);
    }
    if (adopts && !format.equals(MachineTokenSpec.OPAQUE)) {
      problems.add("tokenFrom", ADOPTS_OPAQUE, ADOPTS_OPAQUE_FIX);
    }
  }
}
