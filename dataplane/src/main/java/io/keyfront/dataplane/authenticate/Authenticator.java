package io.keyfront.dataplane.authenticate;

import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.session.SignedCaller;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenHash;
import io.keyfront.dataplane.intake.Received;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells who calls: an opaque token by its hash, else a signed one by its signature: a
 * MachineToken's or a ServiceAccount's with a public key, a backend's session token with its
 * secret.
 */
public final class Authenticator {
  private final Sessions sessions;
  private final Signatures signatures;
  private final Vouching vouching;

  /**
   * @param vouching asked about ServiceAccounts whose signature is good
   */
  public Authenticator(Sessions sessions, Signatures signatures, Vouching vouching) {
    this.sessions = sessions;
    this.signatures = signatures;
    this.vouching = vouching;
  }

  /**
   * The first credential that is good counts, so a stray key in one header does not spoil a token
   * in another. Complete already, but where somebody has to be asked; then it completes on the
   * caller's event loop.
   *
   * @return fails with {@link Refused} when none is good; the fault is that of the first one
   *     presented
   */
  public Future<Identified> identify(Received received) {
    return among(received, Presented.in(received).iterator(), null);
  }

  private Future<Identified> among(
      Received received, Iterator<String> presented, @Nullable Fault first) {
    Fault worst = first;
    while (presented.hasNext()) {
      switch (look(presented.next(), received.snapshot(), received.startedAt())) {
        case Sessions.Outcome.Known(Identity identity) -> {
          return Future.succeededFuture(new Identified(received, identity));
        }
        case Sessions.Outcome.Claimed(Identity identity, Vouching.Question question) -> {
          Fault told = worst == null ? gone(question.account()) : worst;
          return vouched(question)
              .compose(
                  yes ->
                      yes
                          ? Future.succeededFuture(new Identified(received, identity))
                          : among(received, presented, told));
        }
        case Sessions.Outcome.Unknown(Fault fault) -> worst = worst == null ? fault : worst;
      }
    }
    return Future.failedFuture(new Refused(worst == null ? new AuthFault.MissingToken() : worst));
  }

  private static Fault gone(SignedCaller.OfServiceAccount account) {
    return new AuthFault.ServiceAccountGone(account.namespace(), account.name());
  }

  private Future<Boolean> vouched(Vouching.Question question) {
    CompletableFuture<Boolean> answer = vouching.ask(question).toCompletableFuture();
    return answer.isDone()
        ? Future.succeededFuture(answer.join())
        : Future.fromCompletionStage(answer, Vertx.currentContext());
  }

  private Sessions.Outcome look(String token, Snapshot snapshot, Instant now) {
    TokenHash hash = TokenHash.of(token);
    Optional<TokenPolicy> policy = snapshot.token(hash);
    if (policy.isPresent()) {
      return Policies.judged(policy.get(), now);
    }
    return Sessions.looksSigned(token)
        ? signatures
            .look(token, hash, snapshot, now)
            .orElseGet(() -> sessions.look(token, hash, snapshot, now))
        : new Sessions.Outcome.Unknown(new AuthFault.InvalidToken("no token has this hash"));
  }
}
