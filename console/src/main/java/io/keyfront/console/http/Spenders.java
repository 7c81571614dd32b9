package io.keyfront.console.http;

import io.keyfront.console.desk.TokenDesk;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.snapshot.Snapshot;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose spend a server can tell: its tokens, credentials and providers, each with its account. */
record Spenders(TokenDesk desk, Supplier<Snapshot> snapshot) {
  /** By what spend is told apart. */
  enum By {
    TOKEN,
    CREDENTIAL,
    PROVIDER;

    /** The word in queries and answers. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<By> of(String label) {
      return Arrays.stream(values()).filter(by -> by.label().equals(label)).findFirst();
    }

    static String labels() {
      return Arrays.stream(values()).map(By::label).collect(Collectors.joining(", "));
    }
  }

  /**
   * One of them.
   *
   * @param name {@code namespace/name}; of a provider its name
   * @param limits as they are set
   */
  record Spender(String name, AccountId account, Limits limits) {}

  /** Those whose names come after a name, by name. */
  Stream<Spender> after(By by, Optional<String> last) {
    return all(by)
        .filter(spender -> last.stream().allMatch(name -> spender.name().compareTo(name) > 0))
        .sorted(Comparator.comparing(Spender::name));
  }

  private Stream<Spender> all(By by) {
    return switch (by) {
      case TOKEN ->
          desk.list().stream()
              .map(
                  token ->
                      new Spender(
                          token.name().toString(),
                          AccountId.token(token.account()),
                          token.spec().limits()));
      case CREDENTIAL ->
          snapshot.get().credentials().stream()
              .map(
                  credential ->
                      new Spender(
                          credential.id().toString(),
                          AccountId.credential(credential.id().toString()),
                          credential.limits()));
      case PROVIDER ->
          snapshot.get().providers().values().stream()
              .map(
                  provider ->
                      new Spender(
                          provider.name(), AccountId.provider(provider.name()), provider.limits()));
    };
  }
}
