package io.keyfront.dataplane.authorize;

import io.keyfront.core.fault.PolicyFault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.UpstreamFault;
import io.keyfront.core.net.ClientAddress;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.scope.Target;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.Identity;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.protocols.body.FallbackModels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Checks address and scope, and lists who can serve the call. */
public final class Permits {
  private static final String FORWARDED_FOR = "x-forwarded-for";

  /** The provider that knows the field {@code models}. */
  private static final String FALLING_BACK = "openrouter";

  private static final List<Candidate> MOCK = List.of(new Candidate.Mock());

  private Permits() {}

  /**
   * Permits a call.
   *
   * @throws Refused when address or scope forbid it, or no credential serves it
   */
  public static Permitted permit(Targeted call) {
    Identity identity = call.routed().identified().identity();
    requireAddress(call.routed().identified().received(), identity);
    requireScope(call, identity);
    List<String> fallbacks = fallbacks(call, identity);
    return new Permitted(
        call, fallbacks, call.provider().isMock() ? MOCK : keyed(call, fallbacks, identity));
  }

  /** Each must be in scope: whoever lists a model may be answered by it. */
  private static List<String> fallbacks(Targeted call, Identity identity) {
    if (!call.provider().name().equals(FALLING_BACK)
        || call.routed().operation() != Operation.GENERATE
        || call.routed().protocol() != Protocol.OPENAI_CHAT) {
      return List.of();
    }
    List<String> models = FallbackModels.in(call.routed().body());
    for (String model : models) {
      Target target = new Target(call.target().provider(), model);
      if (!identity.scope().allows(target)) {
        throw new Refused(new PolicyFault.ScopeDenied(target, identity.scope()));
      }
    }
    return models;
  }

  /** The client's address, as far as trusted proxies vouch for it. */
  public static String clientAddress(Received received) {
    int hops = received.snapshot().settings().trustedHops();
    return hops == 0
        ? received.peer()
        : ClientAddress.of(
            received.peer(), received.request().headers().getAll(FORWARDED_FOR), hops);
  }

  private static void requireAddress(Received received, Identity identity) {
    if (identity.cidrs().blocks().isEmpty()) {
      return;
    }
    String address = clientAddress(received);
    if (!identity.cidrs().allows(address)) {
      throw new Refused(new PolicyFault.AddressDenied(address));
    }
  }

  private static void requireScope(Targeted call, Identity identity) {
    boolean allowed =
        call.routed().operation() == Operation.LIST_MODELS
            ? identity.scope().reaches(call.target().provider())
            : identity.scope().allows(call.target());
    if (!allowed) {
      throw new Refused(new PolicyFault.ScopeDenied(call.target(), identity.scope()));
    }
  }

  private static List<Candidate> keyed(Targeted call, List<String> fallbacks, Identity identity) {
    Snapshot snapshot = call.routed().identified().received().snapshot();
    List<Credential> credentials =
        identity.pin().isPresent()
            ? pinned(snapshot, identity, identity.pin().get(), call.target())
            : serving(snapshot, identity.namespace(), call);
    List<Candidate> candidates = new ArrayList<>(credentials.size());
    Instant now = call.routed().identified().received().startedAt();
    for (Credential credential : credentials) {
      if (credential.isOver(now) || !servesAll(credential, identity, fallbacks)) {
        continue;
      }
      credential
          .endpoint()
          .or(call.provider()::endpoint)
          .ifPresent(endpoint -> candidates.add(new Candidate.Keyed(credential, endpoint)));
    }
    if (candidates.isEmpty()) {
      throw new Refused(unavailable(call.target().provider(), credentials, now));
    }
    return candidates;
  }

  private static UpstreamFault unavailable(
      String provider, List<Credential> credentials, Instant now) {
    return credentials.stream()
        .filter(credential -> credential.isOver(now))
        .flatMap(credential -> credential.expiresAt().stream())
        .max(Comparator.naturalOrder())
        .<UpstreamFault>map(end -> new UpstreamFault.CredentialExpired(provider, end))
        .orElseGet(() -> new UpstreamFault.CredentialUnavailable(provider));
  }

  private static boolean servesAll(Credential credential, Identity identity, List<String> models) {
    for (String model : models) {
      if (!credential.serves(identity.namespace(), model)) {
        return false;
      }
    }
    return true;
  }

  private static List<Credential> pinned(
      Snapshot snapshot, Identity identity, Identity.Pin pin, Target target) {
    Optional<Credential> credential =
        snapshot.credential(new CredentialId(identity.namespace(), pin.credentialId()));
    return credential.filter(c -> c.provider().equals(target.provider())).stream().toList();
  }

  private static List<Credential> serving(Snapshot snapshot, String namespace, Targeted call) {
    boolean list = call.routed().operation() == Operation.LIST_MODELS;
    List<Credential> all =
        list
            ? snapshot.credentialsOf(namespace, call.target().provider())
            : snapshot.candidates(namespace, call.target());
    return all.size() < 2 ? all : weighted(all);
  }

  /**
   * Priorities in order; within one, a random order in which a heavier credential tends to lead.
   */
  private static List<Credential> weighted(List<Credential> all) {
    record Drawn(Credential credential, double key) {}
    return all.stream()
        .map(
            c -> new Drawn(c, -Math.log(1 - ThreadLocalRandom.current().nextDouble()) / c.weight()))
        .sorted(
            Comparator.<Drawn>comparingInt(d -> d.credential().priority())
                .thenComparingDouble(Drawn::key))
        .map(Drawn::credential)
        .toList();
  }
}
