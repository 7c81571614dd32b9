package io.keyfront.core.scope;

/**
 * Where a call goes: a provider of the table and the model's name there. Model names may hold
 * {@code :} and {@code /}.
 */
public record Target(String provider, String model) {

  /** {@code provider:model}, the form that scopes and messages use. */
  @Override
  public String toString() {
    return provider + ":" + model;
  }
}
