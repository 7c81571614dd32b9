package io.keyfront.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.compiler.finding.Source;
import io.keyfront.console.http.AdminServer.Reply;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAccessTest {
  private static AdminServer admin;

  @BeforeAll
  static void start() {
    admin = new AdminServer();
  }

  @AfterAll
  static void stop() {
    admin.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer " + AdminServer.ADMIN_TOKEN,
    "Authorization, bearer  " + AdminServer.ADMIN_TOKEN,
    "x-admin-token, " + AdminServer.ADMIN_TOKEN
  })
  void adminTokenOpensTheApi(String header, String value) {
    assertThat(admin.send(admin.anonymous("info").header(header, value)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer kf_admin_wrong",
    "Authorization, Basic " + AdminServer.ADMIN_TOKEN,
    "Authorization, " + AdminServer.ADMIN_TOKEN,
    "x-api-key, " + AdminServer.ADMIN_TOKEN,
    "x-admin-token, kf_admin_fake-admin-token-00000000000",
    "x-other, x"
  })
  void anythingElseDoesNot(String header, String value) {
    Reply reply = admin.send(admin.anonymous("info").header(header, value));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("unauthenticated");
    assertThat(reply.message()).contains("keyfront admin-token");
    assertThat(reply.raw().headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(reply.raw().body()).doesNotContain("fake-admin");
  }

  @Test
  void machineTokenIsToldThatItIsNone() {
    Reply reply =
        admin.send(admin.anonymous("tokens").header("Authorization", "Bearer kf_fake-machine"));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("admin_required");
  }

  @Test
  void strangersDoNotLearnWhatIsThere() {
    assertThat(admin.send(admin.anonymous("nothing-here")).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "tokens/",
        "tokens/a",
        "tokens/default/a/b",
        "tokens/default/a/revoke/x",
        "tokens/default/UPPER",
        "tokens/default/a%2Fb",
        "info/x",
        "tokens/revoke"
      })
  void unknownPathIsNotFound(String path) {
    Reply reply = admin.get(path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.code()).isEqualTo("unknown_route");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, tokens, 'GET, POST'",
    "POST, tokens/default/a, 'GET, PATCH'",
    "GET, tokens/default/a/revoke, POST",
    "GET, tokens:revokeExpired, POST",
    "PUT, findings, GET",
    "POST, info, GET"
  })
  void wrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
    Reply reply = admin.send(admin.request(path).method(method, BodyPublishers.noBody()));

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.raw().headers().firstValue("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @CsvSource({"text/plain,", "application/x-www-form-urlencoded,", "application/json, gzip"})
  void bodyThatIsNotPlainJsonIsRefused(String type, String coding) {
    var request =
        admin
            .request("tokens")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString("{\"name\":\"a\",\"scopes\":[\"*\"]}"));
    if (coding != null) {
      request.header("Content-Encoding", coding);
    }

    Reply reply = admin.send(request);

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.message()).contains("Content-Type: application/json");
  }

  @Test
  void bodyBeyondTheBoundIsRefusedAnnouncedOrNot() {
    byte[] large = new byte[BoundedBody.LIMIT + 1];

    Reply announced = admin.withBody("POST", "tokens", BodyPublishers.ofByteArray(large));
    Reply chunked =
        admin.withBody(
            "POST", "tokens", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

    assertThat(announced.status()).isEqualTo(413);
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.message()).contains("65536");
  }

  @Test
  void bodyAtTheBoundIsRead() {
    String padding = " ".repeat(BoundedBody.LIMIT - 2);

    Reply reply = admin.post("tokens", "{" + padding + "}");

    assertThat(reply.field()).isEqualTo("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=501", "limit=x", "after=A", "serach=x"})
  void wrongParameterIsNamed(String query) {
    Reply reply = admin.get("tokens?" + query);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(query).startsWith(reply.field());
  }

  @Test
  void answersAreNotKeptByAnyoneAndCarryARequestId() {
    var headers = admin.get("info").raw().headers();

    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    assertThat(headers.firstValue("Content-Type")).contains("application/json");
    assertThat(headers.firstValue("x-keyfront-request-id").orElseThrow()).hasSize(36);
  }

  @Test
  void infoSaysWhatRunsWhere() {
    assertThat(admin.get("info").json().toString())
        .isEqualTo(
            "{\"version\":\"1.2.3\",\"snapshot\":\"digest\",\"agents\":\"http://127.0.0.1:8787\","
                + "\"management\":\"http://127.0.0.1:8788\",\"startedAt\":\"2026-11-21T12:00:00Z\","
                + "\"counts\":{\"tokens\":3}}");
  }

  @Test
  void findingsSayWhatIsWrongAndWhatWouldBeRight() {
    admin.findings.add(
        new Finding(
            Severity.ERROR,
            Reason.INVALID,
            Optional.of(new Source("a.yaml", 7)),
            Optional.of(new ResourceId("MachineToken", "default", "a")),
            "spec.ttl",
            "'1y' is not a duration",
            "write 30d"));

    assertThat(admin.get("findings").json().toString())
        .isEqualTo(
            "{\"findings\":[{\"severity\":\"error\",\"reason\":\"Invalid\",\"file\":\"a.yaml\",\"line\":7,"
                + "\"resource\":\"MachineToken default/a\",\"field\":\"spec.ttl\","
                + "\"problem\":\"'1y' is not a duration\",\"fix\":\"write 30d\"}]}");
  }

  @Test
  void bugIsAnsweredWithoutItsDetails() {
    AdminServer broken = new AdminServer();
    broken.findings.add(null);

    Reply reply = broken.get("findings");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.code()).isEqualTo("internal_error");
    assertThat(reply.message())
        .contains(reply.raw().headers().firstValue("x-keyfront-request-id").orElseThrow())
        .doesNotContain("NullPointer");
    broken.close();
  }
}
