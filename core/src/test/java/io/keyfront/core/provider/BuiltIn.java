package io.keyfront.core.provider;

import java.util.Objects;

/** The catalog's providers by name, for tests. */
final class BuiltIn {
  private BuiltIn() {}

  static Provider named(String name) {
    return Objects.requireNonNull(ProviderCatalog.builtIn().get(name), name);
  }
}
