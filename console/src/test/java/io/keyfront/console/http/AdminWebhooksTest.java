package io.keyfront.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.console.http.AdminServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminWebhooksTest {
  private final AdminServer admin = new AdminServer();

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void testSaysWhatTheReceiverAnswered() {
    assertThat(admin.post("webhooks/up/test").json().toString())
        .isEqualTo("{\"delivered\":true,\"status\":204,\"told\":\"it answered 204\"}");
    assertThat(admin.post("webhooks/down/test").json().toString())
        .isEqualTo("{\"delivered\":false,\"status\":null,\"told\":\"it cannot be reached\"}");
  }

  @Test
  void unknownWebhookAndWrongMethodAreToldSo() {
    Reply unknown = admin.post("webhooks/nobody/test");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("unknown_webhook");
    assertThat(admin.get("webhooks/up/test").status()).isEqualTo(405);
    assertThat(admin.post("webhooks/up").code()).isEqualTo("unknown_route");
  }

  @Test
  void testNeedsTheAdminToken() {
    Reply refused = admin.send(admin.anonymous("webhooks/up/test").GET());

    assertThat(refused.status()).isEqualTo(401);
  }
}
