package io.keyfront.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.console.http.AdminServer.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminBodiesTest {
  private static AdminServer admin;

  @BeforeAll
  static void start() {
    admin = new AdminServer();
  }

  @AfterAll
  static void stop() {
    admin.close();
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
        wrong("\"scope\":[\"mock:*\"]", "scope", "unknown_field", "Known are: name, namespace"),
        wrong("\"scopes\":[]", "scopes", "invalid_field", "allows nothing"),
        wrong("\"scopes\":\"mock:*\"", "scopes", "invalid_field", "a list of texts"),
        wrong("\"scopes\":[1]", "scopes", "invalid_field", "takes text"),
        wrong("\"scopes\":[null]", "scopes", "invalid_field", "takes text"),
        wrong("\"scopes\":[\"openai:\"]", "scopes[0]", "invalid_field", "write openai or openai:*"),
        wrong("\"scopes\":[\":x\"]", "scopes[0]", "invalid_field", "has no provider"),
        wrong("\"scopes\":[\"mock:*\"],\"name\":\"Big\"", "name", "invalid_field", "not a name"),
        wrong(
            "\"scopes\":[\"mock:*\"],\"namespace\":\"a/b\"",
            "namespace",
            "invalid_field",
            "not a namespace"),
        wrong("\"scopes\":[\"mock:*\"],\"ttl\":\"1y\"", "ttl", "invalid_field", "30d"),
        wrong("\"scopes\":[\"mock:*\"],\"ttl\":\"0s\"", "ttl", "invalid_field", "3650d"),
        wrong("\"scopes\":[\"mock:*\"],\"ttl\":\"3651d\"", "ttl", "invalid_field", "3650d"),
        wrong("\"scopes\":[\"mock:*\"],\"ttl\":60", "ttl", "invalid_field", "takes text"),
        wrong(
            "\"scopes\":[\"mock:*\"],\"expiresAt\":\"tomorrow\"",
            "expiresAt",
            "invalid_field",
            "2027-01-31T12:00:00Z"),
        wrong(
            "\"scopes\":[\"mock:*\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"",
            "expiresAt",
            "invalid_field",
            "within the next ten years"),
        wrong(
            "\"scopes\":[\"mock:*\"],\"ttl\":\"1h\",\"expiresAt\":\"2027-01-01T00:00:00Z\"",
            "ttl",
            "invalid_field",
            "not both"),
        wrong(
            "\"scopes\":[\"mock:*\"],\"cidrs\":[\"10/8\"]", "cidrs", "invalid_field", "10.0.0.0/8"),
        wrong(
            "\"scopes\":[\"mock:*\"],\"labels\":{\"a b\":\"c\"}",
            "labels",
            "invalid_field",
            "keys"),
        wrong(
            "\"scopes\":[\"mock:*\"],\"labels\":[]", "labels", "invalid_field", "object of texts"),
        wrong(
            "\"scopes\":[\"mock:*\"],\"note\":\"" + "x".repeat(1001) + "\"",
            "note",
            "invalid_field",
            "at most 1000"),
        wrong("\"scopes\":[\"mock:*\"],\"tools\":{}", "tools", "not_supported_yet", "wider"));
  }

  private static Arguments wrong(String fields, String field, String code, String part) {
    return Arguments.of(fields, field, code, part);
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  void wrongFieldIsNamedWithWhatWouldBeRight(
      String fields, String field, String code, String part) {
    String name = fields.contains("\"name\"") ? "" : "\"name\":\"never-made\",";

    Reply reply = admin.post("tokens", "{" + name + fields + "}");

    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.field()).isEqualTo(field);
    assertThat(reply.message()).contains(part);
    assertThat(admin.get("tokens").json().path("tokens")).isEmpty();
  }

  @Test
  void nameAndScopesMustBeThere() {
    assertThat(admin.post("tokens", "{}").field()).isEqualTo("name");
    assertThat(admin.post("tokens", "{\"name\":\"a\"}").field()).isEqualTo("scopes");
  }

  @Test
  void patchThatChangesNothingIsRefused() {
    Reply reply = admin.patch("tokens/default/a", "{}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.message()).contains("at least one change");
  }

  @Test
  void nameCannotBePatched() {
    assertThat(admin.patch("tokens/default/a", "{\"name\":\"b\"}").code())
        .isEqualTo("unknown_field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "\"a\"",
        "{",
        "{}{}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{'a':1}"
      })
  void whatIsNotOneJsonObjectIsRefused(String body) {
    Reply reply = admin.post("tokens", body);

    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("not_json");
    assertThat(reply.message()).doesNotContain("\n");
  }

  @Test
  void deeplyNestedBodyIsRefused() {
    assertThat(admin.post("tokens", "{\"name\":" + "[".repeat(5000)).status()).isEqualTo(400);
  }

  @Test
  void callWithoutFieldsTakesNone() {
    Reply reply = admin.post("tokens/revoke-expired", "{\"all\":true}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.message()).contains("This call takes none");
  }
}
