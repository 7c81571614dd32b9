package io.keyfront.e2e.chaos;

import java.util.OptionalLong;

/** A budget; absent is without limit. */
record Limit(OptionalLong usdNano, OptionalLong tokens) {
  static final Limit NONE = new Limit(OptionalLong.empty(), OptionalLong.empty());

  static Limit of(Purse purse) {
    return new Limit(purse.usdNano(), purse.tokens());
  }

  /** For whoever wants to know the highest that was ever in force. */
  Limit highest(Limit other) {
    return new Limit(higher(usdNano, other.usdNano), higher(tokens, other.tokens));
  }

  private static OptionalLong higher(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()))
        : OptionalLong.empty();
  }

  Limit plus(Limit more) {
    return new Limit(sum(usdNano, more.usdNano), sum(tokens, more.tokens));
  }

  private static OptionalLong sum(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(Math.addExact(one.getAsLong(), other.getAsLong()))
        : OptionalLong.empty();
  }

  /** Both measures times so many thousandths. */
  Limit times(long thousandths) {
    return new Limit(scaled(usdNano, thousandths), scaled(tokens, thousandths));
  }

  private static OptionalLong scaled(OptionalLong measure, long thousandths) {
    return measure.isPresent()
        ? OptionalLong.of(Math.multiplyExact(measure.getAsLong(), thousandths) / 1000)
        : measure;
  }

  boolean admits(Spent spent) {
    return (usdNano.isEmpty() || Spent.ofNano(usdNano.getAsLong(), 0).picoUsd() >= spent.picoUsd())
        && (tokens.isEmpty() || tokens.getAsLong() >= spent.tokens());
  }

  @Override
  public String toString() {
    String usd = usdNano.isPresent() ? Spent.ofNano(usdNano.getAsLong(), 0).usd() : "";
    String counted = tokens.isPresent() ? tokens.getAsLong() + " t" : "";
    return usd.isEmpty() || counted.isEmpty() ? usd + counted : usd + " " + counted;
  }
}
