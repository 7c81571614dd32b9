package io.keyfront.ledger.local;

import io.keyfront.core.ledger.AccountId;

/** A kind of account as one byte of a file. */
public final class KindCode {
  private KindCode() {}

  /** The code of a kind. */
  public static byte of(AccountId.Kind kind) {
    return switch (kind) {
      case TOKEN -> 0;
      case CREDENTIAL -> 1;
      case PROVIDER -> 2;
      case EVERYTHING -> 3;
    };
  }

  /**
   * @throws IllegalArgumentException when no kind has this code
   */
  public static AccountId.Kind kind(byte code) {
    return switch (code) {
      case 0 -> AccountId.Kind.TOKEN;
      case 1 -> AccountId.Kind.CREDENTIAL;
      case 2 -> AccountId.Kind.PROVIDER;
      case 3 -> AccountId.Kind.EVERYTHING;
      default -> throw new IllegalArgumentException("An account of unknown kind " + code);
    };
  }
}
