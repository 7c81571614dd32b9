package io.keyfront.e2e.chaos;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A token of the play: what it may spend at first, and how its agents behave.
 *
 * @param name of the token; its models begin with it, so the provider's bill tells tokens apart
 * @param calm its agents never hang up and the provider serves it well, so that spend is the bill
 *     but for what killed proxies leave in doubt
 * @param usdNano budget in nano-USD
 * @param tokens budget in tokens
 * @param provider the custom provider to use; empty for any that is not shared
 * @param share of all calls, relative to the others'
 */
record Purse(
    String name,
    boolean calm,
    OptionalLong usdNano,
    OptionalLong tokens,
    OptionalInt concurrency,
    OptionalInt requestsPerMinute,
    Optional<String> provider,
    int share) {

  static Purse wild(String name, long usdNano, int share) {
    return new Purse(
        name,
        false,
        OptionalLong.of(usdNano),
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        share);
  }

  Purse becalmed() {
    return new Purse(name, true, usdNano, tokens, concurrency, requestsPerMinute, provider, share);
  }

  Purse withTokens(long most) {
    return new Purse(
        name,
        calm,
        usdNano,
        OptionalLong.of(most),
        concurrency,
        requestsPerMinute,
        provider,
        share);
  }

  Purse withoutUsd() {
    return new Purse(
        name, calm, OptionalLong.empty(), tokens, concurrency, requestsPerMinute, provider, share);
  }

  Purse capped(int calls, int aMinute) {
    return new Purse(
        name,
        calm,
        usdNano,
        tokens,
        OptionalInt.of(calls),
        OptionalInt.of(aMinute),
        provider,
        share);
  }

  Purse at(String only) {
    return new Purse(
        name, calm, usdNano, tokens, concurrency, requestsPerMinute, Optional.of(only), share);
  }

  /** What an agent shows. */
  String token() {
    return "kf-chaos-fake-token-of-%s-0123456789".formatted(name);
  }

  boolean isEdited() {
    return usdNano.isPresent() || tokens.isPresent();
  }
}
