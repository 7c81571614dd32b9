package io.keyfront.core.money;

import java.util.EnumMap;
import java.util.Map;

/** What each kind of token costs, in pico-USD, 0 and up. */
public final class Rates {
  private final Map<TokenKind, Long> byKind;
  private final long dearestInput;
  private final long dearestOutput;

  /**
   * @param byKind has every kind
   */
  Rates(Map<TokenKind, Long> byKind) {
    this.byKind = new EnumMap<>(byKind);
    this.dearestInput = dearest(true);
    this.dearestOutput = dearest(false);
  }

  private long dearest(boolean input) {
    long most = 0;
    for (TokenKind kind : TokenKind.values()) {
      if (kind.isInput() == input) {
        most = Math.max(most, of(kind));
      }
    }
    return most;
  }

  public long of(TokenKind kind) {
    return byKind.getOrDefault(kind, 0L);
  }

  /** The most that a prompt token can cost, whatever it is and whatever a cache does with it. */
  public long dearestInput() {
    return dearestInput;
  }

  /** The most that an answer token can cost. */
  public long dearestOutput() {
    return dearestOutput;
  }

  /**
   * These long-context prices within a service tier, which lists do not name: each rises by as much
   * as the tier is dearer than the standard price, and never falls.
   */
  Rates within(Rates tier, Rates standard) {
    Map<TokenKind, Long> both = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      long risen = Scaled.rising(of(kind), standard.of(kind), tier.of(kind));
      both.put(kind, Math.max(risen, tier.of(kind)));
    }
    return new Rates(both);
  }

  /** These, each as much dearer as another list's price becomes; none falls. */
  Rates risen(Rates from, Rates to) {
    Map<TokenKind, Long> all = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      all.put(kind, Scaled.rising(of(kind), from.of(kind), to.of(kind)));
    }
    return new Rates(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rates rates && byKind.equals(rates.byKind);
  }

  @Override
  public int hashCode() {
    return byKind.hashCode();
  }

  @Override
  public String toString() {
    return "Rates" + byKind;
  }
}
