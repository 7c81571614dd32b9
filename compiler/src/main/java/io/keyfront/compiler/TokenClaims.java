package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineTokenSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What only one token can have: the first to claim it has it. */
final class TokenClaims {
  private final Map<String, Resource.Token> uids = new HashMap<>();
  private final Map<String, Resource.Token> secretNames = new HashMap<>();
  private final Map<TokenHash, Resource.Token> hashes = new HashMap<>();
  private final Findings findings;

  TokenClaims(Findings findings) {
    this.findings = findings;
  }

  /** Whether everything that the token claims was free; else a finding was told. */
  boolean take(Resource.Token token, String uid, List<TokenHash> stands) {
    return takesUid(token, uid) && takesSecretName(token) && takesHashes(token, stands);
  }

  private boolean takesUid(Resource.Token token, String uid) {
    return isFree(token, "metadata.uid", "its UID", uids.putIfAbsent(uid, token));
  }

  private boolean takesSecretName(Resource.Token token) {
    String name = token.spec().secretName();
    if (name == null) {
      return true;
    }
    MachineTokenSpec.TokenFrom from = token.spec().tokenFrom();
    if (from != null && from.secretRef().name().equals(name)) {
      findings.error(
          token,
          Reason.CONFLICT,
          "spec.secretName",
          "is the Secret that tokenFrom reads",
          "name another Secret, as this one would be overwritten");
      return false;
    }
    String key = token.metadata().namespace() + "/" + name;
    return isFree(token, "spec.secretName", "Secret " + key, secretNames.putIfAbsent(key, token));
  }

  private boolean takesHashes(Resource.Token token, List<TokenHash> stands) {
    String account = token.spec().serviceAccountName();
    String field = token.spec().tokenFrom() == null ? "" : TokenPlanner.TOKEN_FROM;
    for (TokenHash hash : stands) {
      Resource.Token holder = hashes.putIfAbsent(hash, token);
      boolean free =
          account == null
              ? isFree(token, field, "its plaintext", holder)
              : isFree(
                  token,
                  "spec.serviceAccountName",
                  "ServiceAccount " + token.metadata().namespace() + "/" + account,
                  holder);
      if (!free) {
        return false;
      }
    }
    return true;
  }

  private boolean isFree(
      Resource.Token token, String field, String what, Resource.@Nullable Token holder) {
    if (holder == null) {
      return true;
    }
    findings.error(
        token,
        Reason.CONFLICT,
        field,
        what + " is already that of " + holder.id(),
        "give each token its own");
    return false;
  }
}
