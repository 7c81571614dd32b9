package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.core.session.KeyRing;
import io.keyfront.core.session.SigningKey;
import io.keyfront.core.session.TokenAuthority;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.operator.observe.SigningSecret;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.KeyPlanner;
import io.keyfront.operator.plan.KeyStep;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Trouble;
import io.keyfront.operator.report.Verdict;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Keeps the keys that sign tokens of format JWT: made when the first such token is there, followed
 * by new ones, and gone when nothing lives that they signed. Runs, on the operator that leads,
 * until it is interrupted.
 */
public final class SigningKeys implements Runnable {
  /** How often it is looked whether a key is due. */
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** After it could not be written. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private static final Duration READY_POLL = Duration.ofMillis(20);
  private static final System.Logger LOG = System.getLogger(SigningKeys.class.getName());

  private final SigningSecret secret;
  private final SigningSecretWriter writer;
  private final World world;
  private final Duration lifetime;
  private final InstantSource clock;
  private final EventWriter events;
  private final Runnable troubled;
  private final BooleanSupplier ready;
  private final Semaphore woken = new Semaphore(0);
  private volatile Optional<Verdict> trouble = Optional.empty();

  /**
   * @param lifetime after which a key is followed by a new one
   * @param troubled called when keys cannot be written, or can again
   * @param ready whether everything was seen once: before that nobody knows what is in use
   */
  public SigningKeys(
      SigningSecret secret,
      SigningSecretWriter writer,
      World world,
      Duration lifetime,
      InstantSource clock,
      EventWriter events,
      Runnable troubled,
      BooleanSupplier ready) {
    this.secret = secret;
    this.writer = writer;
    this.world = world;
    this.lifetime = lifetime;
    this.clock = clock;
    this.events = events;
    this.troubled = troubled;
    this.ready = ready;
  }

  /** Who signs, for the proxies; nobody while there is no key. */
  public Optional<TokenAuthority> authority() {
    return secret.ring().map(KeyRing::publicKeys).map(TokenAuthority::keyfront);
  }

  /** The kids of the keys that proxies accept. */
  public Set<String> kids() {
    return secret.ring().map(KeyRing::kids).orElse(Set.of());
  }

  /** The key to sign with. */
  public Optional<SigningKey> signer() {
    Duration lead = KeyPlanner.publishedFirst(lifetime);
    return secret.ring().map(ring -> ring.signer(clock.instant(), lead));
  }

  /** Why there is no key, where one could not be made. */
  public Optional<Verdict> trouble() {
    return trouble;
  }

  /** Something changed: it is looked at again at once. */
  public void wake() {
    woken.release();
  }

  @Override
  public void run() {
    try {
      while (!ready.getAsBoolean()) {
        Thread.sleep(READY_POLL);
      }
      while (!Thread.currentThread().isInterrupted()) {
        boolean well = look();
        boolean unused = woken.tryAcquire(wait(well).toMillis(), TimeUnit.MILLISECONDS);
        int unusedToo = woken.drainPermits();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration wait(boolean well) {
    Duration part = well ? KeyPlanner.publishedFirst(lifetime) : AGAIN;
    return part.compareTo(EVERY) < 0 ? part : EVERY;
  }

  private boolean look() {
    Instant now = clock.instant();
    KeyPlanner.Facts facts =
        new KeyPlanner.Facts(
            secret.seen(), isNeeded(), () -> world.minted().signingKeys(now), lifetime);
    Optional<Verdict> failed = attempted(KeyPlanner.decide(facts, now));
    if (!failed.equals(trouble)) {
      trouble = failed;
      failed.ifPresent(why -> LOG.log(Level.WARNING, why.message()));
      troubled.run();
    }
    return failed.isEmpty();
  }

  private Optional<Verdict> attempted(KeyStep step) {
    try {
      take(step);
      return Optional.empty();
    } catch (KubernetesClientException refused) {
      Trouble why = Trouble.of(refused);
      return Optional.of(
          Verdict.no(
              ConditionReason.of(why),
              "The keys that sign tokens could not be written. " + why.sentence()));
    }
  }

  private boolean isNeeded() {
    return world.tokens().values().stream()
        .anyMatch(token -> isSigned(token) && !token.isMarkedForDeletion());
  }

  /** Whether the plaintext of a token is signed by these keys. */
  public static boolean isSigned(MachineToken token) {
    return token.getSpec() != null && MachineTokenSpec.JWT.equals(token.getSpec().format());
  }

  private void take(KeyStep step) {
    switch (step) {
      case KeyStep.Keep keep -> {}
      case KeyStep.Begin(Optional<SigningSecret.Seen> garbled) -> begin(garbled);
      case KeyStep.Rotate(SigningSecret.Seen there, KeyRing before) -> {
        KeyRing ring = before.with(made());
        Secret now = writer.replace(there, ring);
        events.normal(
            now, ConditionReason.SIGNING_KEY_MADE, said(ring, "the one before it is old"));
      }
      case KeyStep.Retire(SigningSecret.Seen there, KeyRing left) -> {
        Secret now = writer.replace(there, left);
        LOG.log(
            Level.INFO,
            "{0}: keys are gone whose tokens have all ended; left are {1}.",
            now.getMetadata().getName(),
            left);
      }
    }
  }

  private void begin(Optional<SigningSecret.Seen> garbled) {
    boolean lost = garbled.isPresent() || !world.minted().signingKeys(clock.instant()).isEmpty();
    KeyRing ring = KeyRing.of(made());
    Optional<Secret> now =
        garbled.isPresent()
            ? Optional.of(writer.replace(garbled.get(), ring))
            : writer.create(ring);
    if (now.isEmpty()) {
      return; // another operator was first, and its key is the one
    }
    if (lost) {
      String why = "those before it are lost: what they signed is refused, and minted anew";
      events.warning(now.get(), ConditionReason.SIGNING_KEY_MADE, said(ring, why));
    } else {
      events.normal(
          now.get(), ConditionReason.SIGNING_KEY_MADE, said(ring, "there was none before"));
    }
  }

  private static String said(KeyRing ring, String why) {
    String sentence = "Key " + ring.newest().kid() + " was made, as " + why + ".";
    LOG.log(Level.INFO, sentence);
    return sentence;
  }

  private SigningKey made() {
    return SigningKey.make(SigningKey.Kind.ES256, clock.instant());
  }
}
