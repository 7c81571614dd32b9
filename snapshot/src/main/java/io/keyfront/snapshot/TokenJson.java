package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token's policy under its hash. */
final class TokenJson {
  record Entry(TokenHash hash, TokenPolicy policy) {}

  private TokenJson() {}

  static void write(JsonGenerator out, TokenHash hash, TokenPolicy policy) throws IOException {
    Identity identity = policy.identity();
    out.writeStartObject();
    out.writeStringField("hash", hash.hex());
    out.writeStringField("account", identity.account());
    out.writeStringField("namespace", identity.namespace());
    out.writeStringField("name", identity.name());
    out.writeStringField("format", identity.format().name());
    JsonOut.texts(out, "scopes", identity.scope().patterns());
    if (identity.expiresAt().isPresent()) {
      expiry(out, identity.expiresAt().get());
    }
    JsonOut.someTexts(out, "cidrs", identity.cidrs().blocks());
    LimitsJson.write(out, "limits", identity.limits());
    if (identity.pin().isPresent()) {
      out.writeObjectFieldStart("pin");
      out.writeStringField("provider", identity.pin().get().provider());
      out.writeStringField("credential", identity.pin().get().credentialId());
      out.writeEndObject();
    }
    if (policy.revoked()) {
      out.writeBooleanField("revoked", true);
    }
    out.writeEndObject();
  }

  /**
   * Seconds of the epoch, and nanoseconds where there are some: reading dates would take longest.
   */
  private static void expiry(JsonGenerator out, Instant moment) throws IOException {
    long seconds = moment.getEpochSecond();
    int nanos = moment.getNano();
    out.writeNumberField("expiresAt", seconds);
    if (nanos != 0) {
      out.writeNumberField("expiresAtNanos", nanos);
    }
  }

  static Entry read(JsonIn in) throws IOException {
    Read read = new Read();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      read.field(in, field);
    }
    return read.entry(in);
  }

  private static final class Read {
    private @Nullable TokenHash hash;
    private @Nullable String account;
    private @Nullable String namespace;
    private @Nullable String name;
    private @Nullable TokenFormat format;
    private @Nullable Scope scope;
    private @Nullable Long expiresAt;
    private int expiresAtNanos;
    private CidrSet cidrs = CidrSet.ANY;
    private Limits limits = Limits.NONE;
    private Optional<Identity.Pin> pin = Optional.empty();
    private boolean revoked;

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "hash" -> hash = hash(in);
        case "account" -> account = in.text();
        case "namespace" -> namespace = in.shared(in.text());
        case "name" -> name = in.text();
        case "format" -> format = in.known(TokenFormat.class);
        case "scopes" -> scope = in.madeOnce(Scope.class, Scope::of);
        case "expiresAt" -> expiresAt = in.whole();
        case "expiresAtNanos" -> expiresAtNanos = in.integer();
        case "cidrs" -> cidrs = in.madeOnce(CidrSet.class, CidrSet::of);
        case "limits" -> limits = in.shared(LimitsJson.read(in));
        case "pin" -> pin = Optional.of(pin(in));
        case "revoked" -> revoked = in.flag();
        default -> throw in.unknown(field);
      }
    }

    Entry entry(JsonIn in) throws IOException {
      Identity identity =
          new Identity(
              in.required(account, "account"),
              in.required(namespace, "namespace"),
              in.required(name, "name"),
              in.required(format, "format"),
              in.required(scope, "scopes"),
              expiry(in),
              cidrs,
              limits,
              pin);
      return new Entry(in.required(hash, "hash"), new TokenPolicy(identity, revoked));
    }

    private static TokenHash hash(JsonIn in) throws IOException {
      String text = in.text();
      return in.made(() -> TokenHash.parse(text));
    }

    private Optional<Instant> expiry(JsonIn in) throws IOException {
      Long seconds = expiresAt;
      return seconds == null
          ? Optional.empty()
          : Optional.of(in.made(() -> Instant.ofEpochSecond(seconds, expiresAtNanos)));
    }

    private static Identity.Pin pin(JsonIn in) throws IOException {
      String provider = null;
      String credential = null;
      for (String field = in.firstField(); field != null; field = in.nextField()) {
        switch (field) {
          case "provider" -> provider = in.text();
          case "credential" -> credential = in.text();
          default -> throw in.unknown(field);
        }
      }
      return new Identity.Pin(
          in.required(provider, "provider"), in.required(credential, "credential"));
    }
  }
}
