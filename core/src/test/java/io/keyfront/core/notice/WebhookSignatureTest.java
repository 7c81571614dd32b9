package io.keyfront.core.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.secret.SecretText;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  private static final byte[] KEY = "fake-webhook-key-of-32-bytes-000".getBytes(UTF_8);
  private static final SecretText SECRET =
      SecretText.of("whsec_" + Base64.getEncoder().encodeToString(KEY));
  private static final Instant SENT = Instant.ofEpochSecond(1_750_000_000, 999_000_000);
  private static final byte[] BODY = "{\"type\":\"webhook.test\",\"é\":1}".getBytes(UTF_8);

  private static byte[] hmac(byte[] signed) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    return mac.doFinal(signed);
  }

  @Test
  void signatureIsThatOfStandardWebhooks() throws Exception {
    byte[] signed = ("msg_1.1750000000." + new String(BODY, UTF_8)).getBytes(UTF_8);

    assertThat(WebhookSignature.of(SECRET, "msg_1", SENT, BODY))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(hmac(signed)));
  }

  /** Worked out with Python's hmac, so that no mistake of this runtime's is shared. */
  @Test
  void signatureIsWhatAnotherLanguageComputes() {
    assertThat(
            WebhookSignature.of(
                SECRET, "msg_1", SENT, "{\"type\":\"webhook.test\"}".getBytes(UTF_8)))
        .isEqualTo("v1,Jf8aHfqV2UeKWZ2otADSDW4L1QVu8EYH2eN/7TRHohE=");
  }

  @Test
  void secretWithoutPrefixSignsAsItStands() {
    SecretText plain = SecretText.of(new String(KEY, UTF_8));

    assertThat(WebhookSignature.of(plain, "msg_1", SENT, BODY))
        .isEqualTo(WebhookSignature.of(SECRET, "msg_1", SENT, BODY));
  }

  @Test
  void bodyAloneIsSignedAsThePythonProxyDid() {
    assertThat(
            WebhookSignature.ofBody(
                SecretText.of("fake-webhook-key-of-32-bytes-000"),
                "{\"type\":\"webhook.test\"}".getBytes(UTF_8)))
        .isEqualTo("sha256=b5f2a7250368c6c13b22dddfdccd7d2a0d73012c5af243b5469a483edf5218db");
  }

  @Test
  void secretThatIsNoBase64BehindThePrefixHasNoKey() {
    SecretText broken = SecretText.of("whsec_not*base64");

    assertThat(WebhookSignature.key(broken)).isEmpty();
    assertThatThrownBy(() -> WebhookSignature.ofBody(broken, BODY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("not*base64");
  }
}
