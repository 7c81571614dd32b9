package io.keyfront.cli.home;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.desk.Validity;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenHash;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The token book as {@code tokens.json} holds it. */
final class TokenBookJson {
  private TokenBookJson() {}

  static byte[] write(TokenBook book) {
    return HomeJson.write(
        out -> {
          out.writeArrayFieldStart("tokens");
          for (StoredToken token : book.tokens().values()) {
            writeToken(out, token);
          }
          out.writeEndArray();
          Map<String, String> seen = new TreeMap<>();
          book.firstSeen().forEach((name, at) -> seen.put(name.toString(), at.toString()));
          HomeJson.writeMap(out, "firstSeen", seen);
          writeOptional(out, "demoRevokedAt", book.demoRevokedAt());
        });
  }

  private static void writeToken(JsonGenerator out, StoredToken token) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", token.name().toString());
    out.writeStringField("sha256", token.hash().hex());
    out.writeStringField("masked", token.masked());
    HomeJson.writeTexts(out, "scopes", token.spec().scope().patterns());
    HomeJson.writeTexts(
        out, "cidrs", token.spec().cidrs().blocks().stream().map(Object::toString).toList());
    out.writeStringField("note", token.spec().note());
    HomeJson.writeMap(out, "labels", token.spec().labels());
    StoredLimits.write(out, token.spec().limits());
    out.writeStringField("createdAt", token.createdAt().toString());
    writeOptional(out, "expiresAt", token.validity().map(Validity::expiresAt));
    writeOptional(out, "length", token.validity().map(Validity::length));
    writeOptional(out, "revokedAt", token.revokedAt());
    out.writeEndObject();
  }

  private static void writeOptional(JsonGenerator out, String name, Optional<?> value)
      throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get().toString());
    }
  }

  /**
   * @throws IllegalArgumentException when it is no token book
   */
  static TokenBook read(byte[] json) {
    try {
      HomeJson file = HomeJson.read(json);
      Map<TokenName, StoredToken> tokens =
          file.objects("tokens").stream()
              .map(TokenBookJson::token)
              .collect(Collectors.toMap(StoredToken::name, Function.identity()));
      Map<TokenName, Instant> seen = new TreeMap<>();
      file.map("firstSeen")
          .forEach((name, at) -> seen.put(TokenName.parse(name), Instant.parse(at)));
      return new TokenBook(tokens, seen, file.optionalText("demoRevokedAt").map(Instant::parse));
    } catch (DateTimeException | IllegalStateException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  private static StoredToken token(HomeJson token) {
    Optional<Validity> validity =
        token
            .optionalText("expiresAt")
            .map(at -> new Validity(Instant.parse(at), Duration.parse(token.text("length"))));
    return new StoredToken(
        TokenName.parse(token.text("name")),
        TokenHash.parse(token.text("sha256")),
        token.text("masked"),
        new TokenSpec(
            Scope.of(token.texts("scopes")),
            CidrSet.of(token.texts("cidrs")),
            token.text("note"),
            token.map("labels"),
            StoredLimits.read(token)),
        Instant.parse(token.text("createdAt")),
        validity,
        token.optionalText("revokedAt").map(Instant::parse));
  }
}
