package io.keyfront.compiler;

import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a compilation depends on.
 *
 * @param resources in any order
 * @param minted hashes of the tokens minted for a MachineToken, by its {@link Resource#uid()};
 *     several while one is rotated
 * @param createdAt when a resource was first seen, by {@link Resource#uid()}: for those whose
 *     metadata do not say
 * @param environmentKeys provider keys found in the environment, by provider: they become
 *     credentials {@code env-<provider>}
 * @param sessionIssuer who may sign session tokens, from the environment
 * @param adminIssuer who may sign admin tokens, from the environment
 * @param authorities whose signatures make a caller a MachineToken
 * @param plaintextEnds when a plaintext ends before its token does, by its hash
 * @param namespaceLabels labels by namespace; {@code kubernetes.io/metadata.name} is added
 */
public record Inputs(
    List<Resource> resources,
    Map<String, List<TokenHash>> minted,
    Map<String, Instant> createdAt,
    Map<String, SecretText> environmentKeys,
    Optional<SessionIssuer> sessionIssuer,
    Optional<AdminIssuer> adminIssuer,
    Authorities authorities,
    Map<TokenHash, Instant> plaintextEnds,
    Map<String, Map<String, String>> namespaceLabels,
    Rules rules) {
  public Inputs {
    resources = List.copyOf(resources);
    minted = Map.copyOf(minted);
    createdAt = Map.copyOf(createdAt);
    environmentKeys = Map.copyOf(environmentKeys);
    plaintextEnds = Map.copyOf(plaintextEnds);
    namespaceLabels = Map.copyOf(namespaceLabels);
  }

  /** Only resources; the rest is empty. */
  public static Inputs of(List<Resource> resources, Rules rules) {
    return new Inputs(
        resources,
        Map.of(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Authorities.NONE,
        Map.of(),
        Map.of(),
        rules);
  }

  public Inputs withMinted(Map<String, List<TokenHash>> hashes) {
    return new Inputs(
        resources,
        hashes,
        createdAt,
        environmentKeys,
        sessionIssuer,
        adminIssuer,
        authorities,
        plaintextEnds,
        namespaceLabels,
        rules);
  }

  public Inputs withCreatedAt(Map<String, Instant> times) {
    return new Inputs(
        resources,
        minted,
        times,
        environmentKeys,
        sessionIssuer,
        adminIssuer,
        authorities,
        plaintextEnds,
        namespaceLabels,
        rules);
  }

  public Inputs withEnvironmentKeys(Map<String, SecretText> keys) {
    return new Inputs(
        resources,
        minted,
        createdAt,
        keys,
        sessionIssuer,
        adminIssuer,
        authorities,
        plaintextEnds,
        namespaceLabels,
        rules);
  }

  public Inputs withIssuers(Optional<SessionIssuer> session, Optional<AdminIssuer> admin) {
    return new Inputs(
        resources,
        minted,
        createdAt,
        environmentKeys,
        session,
        admin,
        authorities,
        plaintextEnds,
        namespaceLabels,
        rules);
  }

  public Inputs withAuthorities(Authorities others) {
    return new Inputs(
        resources,
        minted,
        createdAt,
        environmentKeys,
        sessionIssuer,
        adminIssuer,
        others,
        plaintextEnds,
        namespaceLabels,
        rules);
  }

  public Inputs withPlaintextEnds(Map<TokenHash, Instant> ends) {
    return new Inputs(
        resources,
        minted,
        createdAt,
        environmentKeys,
        sessionIssuer,
        adminIssuer,
        authorities,
        ends,
        namespaceLabels,
        rules);
  }

  public Inputs withNamespaceLabels(Map<String, Map<String, String>> labels) {
    return new Inputs(
        resources,
        minted,
        createdAt,
        environmentKeys,
        sessionIssuer,
        adminIssuer,
        authorities,
        plaintextEnds,
        labels,
        rules);
  }
}
