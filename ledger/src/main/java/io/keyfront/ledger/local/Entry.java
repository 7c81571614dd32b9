package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Account;

/** An account and its number in the journal. */
final class Entry {
  final int number;
  final Account account;

  /** Whether the sweep looks at it. */
  boolean swept;

  Entry(int number, Account account) {
    this.number = number;
    this.account = account;
  }
}
