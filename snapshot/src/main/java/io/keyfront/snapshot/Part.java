package io.keyfront.snapshot;

import io.keyfront.core.provider.Provider;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a snapshot that travels, is refused and is replaced by itself. */
public sealed interface Part {
  PartName name();

  /**
   * What all calls need. Of the prices only the overrides travel: a proxy has the bundled table.
   *
   * @param providers by name, in the order that messages list them
   * @param aliases in order of precedence
   */
  record Base(Map<String, Provider> providers, List<AliasRule> aliases, Settings settings)
      implements Part {
    public Base {
      providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
      aliases = List.copyOf(aliases);
    }

    @Override
    public PartName name() {
      return PartName.BASE;
    }
  }

  /** One credential, so that a rotated key moves nothing else. */
  record OneCredential(Credential credential) implements Part {
    @Override
    public PartName name() {
      return PartName.credential(credential.id());
    }
  }

  /**
   * The tokens whose accounts fall into a shard: both hashes of a token that is being rotated lie
   * in one.
   *
   * @param shard 0 to 63, {@link Parts#shardOf} of every account
   */
  record Tokens(int shard, Map<TokenHash, TokenPolicy> policies) implements Part {
    /**
     * @throws IllegalArgumentException when there is no such shard, or an account belongs to
     *     another
     */
    public Tokens {
      PartName.tokens(shard);
      policies = Map.copyOf(policies);
      for (TokenPolicy policy : policies.values()) {
        if (Parts.shardOf(policy.identity().account()) != shard) {
          throw new IllegalArgumentException(
              "Token %s/%s does not belong to shard %d."
                  .formatted(policy.identity().namespace(), policy.identity().name(), shard));
        }
      }
    }

    @Override
    public PartName name() {
      return PartName.tokens(shard);
    }
  }
}
