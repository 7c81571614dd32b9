package io.keyfront.dataplane.authenticate;

import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.SignedCaller;
import io.keyfront.core.token.TokenHash;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whether the cluster still vouches for a ServiceAccount's token whose signature and times are
 * good: its pod or the account itself may be gone.
 */
@FunctionalInterface
public interface Vouching {
  /** Nobody is asked: the signature is enough. */
  Vouching BY_SIGNATURE = question -> CompletableFuture.completedFuture(true);

  /**
   * Never blocks.
   *
   * @return completes soon, on any thread, and never fails
   */
  CompletionStage<Boolean> ask(Question question);

  /**
   * A token that somebody presents.
   *
   * @param audiences one of them is in its {@code aud}
   */
  record Question(
      SecretText token,
      TokenHash hash,
      SignedCaller.OfServiceAccount account,
      Set<String> audiences) {}
}
