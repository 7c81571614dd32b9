package io.keyfront.operator.observe;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.PublicKeys;
import io.keyfront.core.session.TokenAuthority;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who signs the tokens of the cluster's ServiceAccounts: the API server says so itself (OpenID
 * Connect discovery), and is asked again now and then, as its keys are rotated. While it does not
 * answer, what it said last holds. Runs until it is interrupted.
 */
public final class ClusterIssuer implements Runnable, Supplier<Authorities> {
  static final Duration EVERY = Duration.ofMinutes(1);

  /** After it could not be asked. */
  static final Duration AGAIN = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(ClusterIssuer.class.getName());
  private static final String ISSUER = "/.well-known/openid-configuration";
  private static final String KEYS = "/openid/v1/jwks";

  private final KubernetesClient client;
  private final Runnable changed;
  private volatile Authorities known = Authorities.NONE;
  private volatile boolean asked;
  private boolean failing;

  /**
   * @param changed called when somebody else signs, or with other keys
   */
  public ClusterIssuer(KubernetesClient client, Runnable changed) {
    this.client = client;
    this.changed = changed;
  }

  @Override
  public Authorities get() {
    return known;
  }

  /** Whether it answered, or could not: until then nobody knows who signs. */
  public boolean wasAsked() {
    return asked;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(ask() ? EVERY : AGAIN);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it answered. */
  boolean ask() {
    try {
      Authorities told = new Authorities(Optional.empty(), Optional.of(authority()));
      failing = false;
      if (!told.equals(known)) {
        known = told;
        changed.run();
      }
      return true;
    } catch (KubernetesClientException | IllegalArgumentException refused) {
      if (!failing) {
        failing = true;
        LOG.log(
            Level.WARNING,
            "The API server does not say who signs ServiceAccount tokens: MachineTokens of that"
                + " format are accepted as far as is known. {0}",
            refused.getMessage());
      }
      return false;
    } finally {
      asked = true;
    }
  }

  private TokenAuthority authority() {
    Map<?, ?> says = Serialization.unmarshal(answer(ISSUER), Map.class);
    if (!(says.get("issuer") instanceof String issuer)) {
      throw new IllegalArgumentException(ISSUER + " names no issuer.");
    }
    return new TokenAuthority(
        issuer, Set.of(TokenAuthority.DEFAULT_AUDIENCE), PublicKeys.parse(answer(KEYS)));
  }

  private String answer(String path) {
    @Nullable String answer = client.raw(path);
    if (answer == null) {
      throw new IllegalArgumentException(
          path + " is not there: bind the ClusterRole system:service-account-issuer-discovery.");
    }
    return answer;
  }
}
