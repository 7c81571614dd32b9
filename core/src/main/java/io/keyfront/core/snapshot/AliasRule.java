package io.keyfront.core.snapshot;

import io.keyfront.core.scope.Glob;
import java.util.List;
import java.util.Optional;

/**
 * Renames or reroutes a requested model. One hop: its target is not looked up again.
 *
 * @param global applies to the tokens of every namespace
 * @param provider restricts the rule to requests for one provider
 * @param targets at least one, by priority
 */
public record AliasRule(
    String namespace,
    String name,
    boolean global,
    Glob model,
    Optional<String> provider,
    List<Target> targets) {

  /**
   * One place the call may go to.
   *
   * @param model the name there; empty keeps the requested one
   * @param weight share among targets of one priority, 1 or more
   * @param priority lower goes first
   */
  public record Target(String provider, Optional<String> model, int weight, int priority) {
    /**
     * @throws IllegalArgumentException when the weight is below 1
     */
    public Target {
      if (weight < 1) {
        throw new IllegalArgumentException(
            "The weight of alias target " + provider + " is " + weight + ": give it 1 or more.");
      }
    }
  }

  /**
   * @throws IllegalArgumentException when there is no target
   */
  public AliasRule {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(
          "Alias " + namespace + "/" + name + " has no target: give it at least one.");
    }
  }

  public boolean matches(String tokenNamespace, String requestedProvider, String requestedModel) {
    return (global || namespace.equals(tokenNamespace))
        && (provider.isEmpty() || provider.get().equals(requestedProvider))
        && model.matches(requestedModel);
  }
}
