package io.keyfront.operator.plan;

import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.ReferencedSecrets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a token claims: the Secret it is written to, the Secret it adopts from, its plaintext, its
 * ServiceAccount.
 */
final class TokenClaim {
  private TokenClaim() {}

  static Set<String> of(MachineToken token, ReferencedSecrets secrets) {
    MachineTokenSpec spec = token.getSpec();
    Set<String> claims = new HashSet<>();
    if (spec == null) {
      return claims;
    }
    String namespace = token.getMetadata().getNamespace();
    if (spec.secretName() != null) {
      claims.add("secret " + new ObjectName(namespace, spec.secretName()));
    }
    if (spec.serviceAccountName() != null) {
      claims.add("account " + new ObjectName(namespace, spec.serviceAccountName()));
    }
    MachineTokenSpec.TokenFrom from = spec.tokenFrom();
    if (from != null && from.secretRef() != null) {
      ObjectName secret = new ObjectName(namespace, from.secretRef().name());
      claims.add(from(secret));
      for (Resource.Secret read : secrets.of(List.of(secret))) {
        SecretText text = read.data().get(from.secretRef().key());
        if (text != null) {
          claims.add("plaintext " + TokenHash.of(text.reveal().strip()).hex());
        }
      }
    }
    return claims;
  }

  static String from(ObjectName secret) {
    return "from " + secret;
  }
}
