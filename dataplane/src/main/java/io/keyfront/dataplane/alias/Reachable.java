package io.keyfront.dataplane.alias;

import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.scope.Target;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.Identity;
import io.keyfront.dataplane.route.Routed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a call could go to a target: its provider speaks the call's protocol, the token's scope
 * reaches it, and there is a credential for it that has not ended. An alias passes to its next
 * priority where that is not so. The stages after it refuse by the same facts.
 */
final class Reachable {
  private Reachable() {}

  static boolean is(Target target, Routed call) {
    Optional<Provider> provider =
        call.identified().received().snapshot().provider(target.provider());
    return provider.isPresent()
        && provider.get().speaks(call.protocol())
        && isInScope(target, call)
        && (provider.get().isMock() || hasCredential(target, provider.get(), call));
  }

  private static boolean isInScope(Target target, Routed call) {
    Identity identity = call.identified().identity();
    return call.operation() == Operation.LIST_MODELS
        ? identity.scope().reaches(target.provider())
        : identity.scope().allows(target);
  }

  private static boolean hasCredential(Target target, Provider provider, Routed call) {
    Instant now = call.identified().received().startedAt();
    for (Credential credential : credentials(target, call)) {
      if (!credential.isOver(now)
          && (credential.endpoint().isPresent() || provider.endpoint().isPresent())) {
        return true;
      }
    }
    return false;
  }

  private static List<Credential> credentials(Target target, Routed call) {
    Snapshot snapshot = call.identified().received().snapshot();
    Identity identity = call.identified().identity();
    if (identity.pin().isPresent()) {
      return snapshot
          .credential(new CredentialId(identity.namespace(), identity.pin().get().credentialId()))
          .filter(pinned -> pinned.provider().equals(target.provider()))
          .stream()
          .toList();
    }
    return call.operation() == Operation.LIST_MODELS
        ? snapshot.credentialsOf(identity.namespace(), target.provider())
        : snapshot.candidates(identity.namespace(), target);
  }
}
