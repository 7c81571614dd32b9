package io.keyfront.crds.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.PublicKeys;
import io.keyfront.core.session.TokenAuthority;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens of ServiceAccounts of a real API server: as it gives them out, for ten minutes at least,
 * and as its key signs them for any time.
 */
public final class ServiceAccountTokens {
  private static final String AUDIENCE = "keyfront";
  private static final String JWKS = "/openid/v1/jwks";
  private static final long SHORTEST_SECONDS = 600;

  private final RealApiServer server;

  public ServiceAccountTokens(RealApiServer server) {
    this.server = server;
  }

  /** Who signs, as the API server says itself. */
  public Authorities authorities() {
    PublicKeys keys = PublicKeys.parse(server.client().raw(JWKS));
    return new Authorities(
        Optional.empty(), Optional.of(new TokenAuthority(issuer(), Set.of(AUDIENCE), keys)));
  }

  private String issuer() {
    String says = server.client().raw("/.well-known/openid-configuration");
    return String.valueOf(Serialization.unmarshal(says, Map.class).get("issuer"));
  }

  /** Makes a ServiceAccount. */
  public ServiceAccount account(String namespace, String name) {
    return server
        .client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build())
        .create();
  }

  /** Makes a pod of a ServiceAccount, which nobody runs. */
  public Pod pod(ServiceAccount account, String name) {
    return server
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(account.getMetadata().getNamespace())
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(account.getMetadata().getName())
                .addNewContainer()
                .withName("agent")
                .withImage("agent")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  /**
   * One that the API server gives out.
   *
   * @param pod that it is bound to
   */
  public String requested(ServiceAccount account, String audience, Optional<Pod> pod) {
    var spec =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(audience)
            .withExpirationSeconds(SHORTEST_SECONDS);
    pod.ifPresent(
        one ->
            spec.withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(one.getMetadata().getName())
                .withUid(one.getMetadata().getUid())
                .endBoundObjectRef());
    return server
        .client()
        .serviceAccounts()
        .inNamespace(account.getMetadata().getNamespace())
        .withName(account.getMetadata().getName())
        .tokenRequest(spec.endSpec().build())
        .getStatus()
        .getToken();
  }

  /** One that is signed with the API server's own key, for Keyfront. */
  public String signed(ServiceAccount account, Instant issuedAt, Instant expiresAt) {
    String namespace = account.getMetadata().getNamespace();
    String name = account.getMetadata().getName();
    Map<String, Object> claim =
        Map.of(
            "namespace",
            namespace,
            "serviceaccount",
            Map.of("name", name, "uid", account.getMetadata().getUid()));
    return signed(
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .subject("system:serviceaccount:" + namespace + ":" + name)
            .audience(AUDIENCE)
            .issueTime(Date.from(issuedAt))
            .notBeforeTime(Date.from(issuedAt))
            .expirationTime(Date.from(expiresAt))
            .claim("kubernetes.io", claim)
            .build());
  }

  private String signed(JWTClaimsSet claims) {
    try {
      JWK key = JWK.parseFromPEMEncodedObjects(server.serviceAccountKey());
      String kid = JWKSet.parse(server.client().raw(JWKS)).getKeys().getFirst().getKeyID();
      SignedJWT jwt =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(), claims);
      jwt.sign(new RSASSASigner(key.toRSAKey()));
      return jwt.serialize();
    } catch (JOSEException | ParseException unusable) {
      throw new IllegalStateException("The API server's key cannot sign.", unusable);
    }
  }
}
