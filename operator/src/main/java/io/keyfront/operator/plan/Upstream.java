package io.keyfront.operator.plan;

import io.keyfront.core.provider.Provider;
import io.keyfront.core.snapshot.Credential;
import java.util.Optional;

/**
 * A credential that is in use, and what it needs besides its own part: the entry of its provider,
 * which travels in the base.
 *
 * @param place of the first base that holds the entry as it is now; absent while it is in none
 */
public record Upstream(Credential credential, Provider provider, Optional<Place> place) {
  public Upstream at(Place where) {
    return new Upstream(credential, provider, Optional.of(where));
  }
}
