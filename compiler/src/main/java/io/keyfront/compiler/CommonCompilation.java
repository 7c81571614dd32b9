package io.keyfront.compiler;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all resources but the tokens come to.
 *
 * @param providers by name, in the order that messages list them
 * @param credentials by namespace and name
 * @param aliases in order of precedence
 * @param findings by resource
 */
public record CommonCompilation(
    Map<String, Provider> providers,
    List<Credential> credentials,
    List<AliasRule> aliases,
    Settings settings,
    List<Finding> findings) {
  public CommonCompilation {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    credentials = List.copyOf(credentials);
    aliases = List.copyOf(aliases);
    findings = List.copyOf(findings);
  }
}
