package io.keyfront.core.ledger;

import java.util.Locale;

/** Names an account of the ledger: what a token, a credential or a provider spends. */
public record AccountId(Kind kind, String id) {
  /** Whose account. */
  public enum Kind {
    TOKEN,
    CREDENTIAL,
    PROVIDER,
    EVERYTHING
  }

  /** The sum of all calls: never claimed, counted by the ledger itself at settlement. */
  public static final AccountId EVERYTHING = new AccountId(Kind.EVERYTHING, "");

  public static AccountId token(String account) {
    return new AccountId(Kind.TOKEN, account);
  }

  public static AccountId credential(String id) {
    return new AccountId(Kind.CREDENTIAL, id);
  }

  public static AccountId provider(String name) {
    return new AccountId(Kind.PROVIDER, name);
  }

  /**
   * Whether it is a subject's of session tokens, {@code issuer/subject}: any text, of which there
   * may be any number. That of another token is its UID.
   */
  public boolean isSession() {
    return kind == Kind.TOKEN && id.indexOf('/') >= 0;
  }

  /** For people: {@code the account of token 1234}. */
  public String words() {
    return kind == Kind.EVERYTHING
        ? "the account of everything"
        : "the account of " + kind.name().toLowerCase(Locale.ROOT) + " " + id;
  }
}
