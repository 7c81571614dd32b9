package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part as JSON: {@code {"format":1,"part":"<its name>", …}}. Fields that say nothing are left
 * out.
 */
final class PartJson {
  private static final int FORMAT = 1;

  private PartJson() {}

  static void write(JsonGenerator out, Part part) throws IOException {
    out.writeStartObject();
    out.writeNumberField("format", FORMAT);
    out.writeStringField("part", part.name().toString());
    switch (part) {
      case Part.Base base -> base(out, base);
      case Part.OneCredential one -> {
        out.writeFieldName("credential");
        CredentialJson.write(out, one.credential());
      }
      case Part.Tokens tokens -> tokens(out, tokens.policies());
    }
    out.writeEndObject();
  }

  private static void base(JsonGenerator out, Part.Base base) throws IOException {
    out.writeArrayFieldStart("providers");
    for (Provider provider : base.providers().values()) {
      ProviderJson.write(out, provider);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("aliases");
    for (AliasRule alias : base.aliases()) {
      AliasJson.write(out, alias);
    }
    out.writeEndArray();
    out.writeFieldName("settings");
    SettingsJson.write(out, base.settings());
  }

  private static void tokens(JsonGenerator out, Map<TokenHash, TokenPolicy> policies)
      throws IOException {
    List<TokenHash> hashes =
        policies.keySet().stream().sorted(Comparator.comparing(TokenHash::hex)).toList();
    out.writeArrayFieldStart("tokens");
    for (TokenHash hash : hashes) {
      TokenPolicy policy = policies.get(hash);
      if (policy != null) {
        TokenJson.write(out, hash, policy);
      }
    }
    out.writeEndArray();
  }

  /** Everything is read before the name is judged: the order of fields says nothing. */
  static Part read(JsonIn in, PartName name) throws IOException {
    Read read = new Read();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      read.field(in, field);
    }
    return read.part(in, name);
  }

  private static final class Read {
    private @Nullable Integer format;
    private @Nullable String part;
    private @Nullable Credential credential;
    private @Nullable Map<TokenHash, TokenPolicy> tokens;
    private @Nullable Map<String, Provider> providers;
    private @Nullable List<AliasRule> aliases;
    private @Nullable Settings settings;

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "format" -> format = format(in);
        case "part" -> part = in.text();
        case "credential" -> credential = CredentialJson.read(in);
        case "tokens" -> tokens = readTokens(in);
        case "providers" -> providers = readProviders(in);
        case "aliases" -> aliases = in.list(() -> AliasJson.read(in));
        case "settings" -> settings = SettingsJson.read(in);
        default -> throw in.unknown(field);
      }
    }

    Part part(JsonIn in, PartName name) throws IOException {
      in.required(format, "format");
      if (!name.toString().equals(in.required(part, "part"))) {
        throw in.wrong("says that it is another part");
      }
      Part made =
          switch (name.kind()) {
            case BASE -> base(in);
            case CREDENTIAL -> new Part.OneCredential(in.required(credential, "credential"));
            case TOKENS -> shard(in, name);
          };
      if (!made.name().equals(name) || holdsMore(name.kind())) {
        throw in.wrong("holds what belongs to another part");
      }
      return made;
    }

    private Part base(JsonIn in) throws IOException {
      return new Part.Base(
          in.required(providers, "providers"),
          in.required(aliases, "aliases"),
          in.required(settings, "settings"));
    }

    private Part shard(JsonIn in, PartName name) throws IOException {
      Map<TokenHash, TokenPolicy> policies = in.required(tokens, "tokens");
      return in.made(() -> new Part.Tokens(name.shard(), policies));
    }

    private boolean holdsMore(PartName.Kind kind) {
      boolean base = providers != null || aliases != null || settings != null;
      return switch (kind) {
        case BASE -> credential != null || tokens != null;
        case CREDENTIAL -> base || tokens != null;
        case TOKENS -> base || credential != null;
      };
    }

    private static int format(JsonIn in) throws IOException {
      int format = in.integer();
      if (format != FORMAT) {
        throw in.wrong("is not " + FORMAT + ": it was written by another version");
      }
      return format;
    }

    private static Map<TokenHash, TokenPolicy> readTokens(JsonIn in) throws IOException {
      Map<TokenHash, TokenPolicy> policies = new HashMap<>();
      in.list(
          () -> {
            TokenJson.Entry entry = TokenJson.read(in);
            if (policies.put(entry.hash(), entry.policy()) != null) {
              throw in.wrong("holds a hash twice");
            }
            return entry;
          });
      return policies;
    }

    private static Map<String, Provider> readProviders(JsonIn in) throws IOException {
      Map<String, Provider> providers = new LinkedHashMap<>();
      for (Provider provider : in.list(() -> ProviderJson.read(in))) {
        if (providers.put(provider.name(), provider) != null) {
          throw in.wrong("holds a provider twice");
        }
      }
      return providers;
    }
  }
}
