package io.keyfront.dataplane;

import static io.keyfront.dataplane.IdentityTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.dataplane.authenticate.Vouching;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ServiceAccounts about whom somebody is asked before their call goes on. */
class VouchedCallersTest extends ProxyTest {
  private final List<Vouching.Question> questions = new CopyOnWriteArrayList<>();
  private CompletableFuture<Boolean> answer = new CompletableFuture<>();

  @BeforeEach
  void askUs() {
    questions.clear();
    answer = new CompletableFuture<>();
    proxy.ask(
        question -> {
          questions.add(question);
          return answer;
        });
    proxy.use(
        configuration()
            .authorities(SignedCallersTest.authorities())
            .signed(
                TokenFormat.SERVICE_ACCOUNT,
                TokenHash.ofServiceAccount("team", "agent"),
                "sa-token-uid",
                Optional.empty(),
                false)
            .build());
  }

  @AfterEach
  void askNobody() {
    proxy.ask(Vouching.BY_SIGNATURE);
  }

  @Test
  void callerForWhomTheClusterNoLongerVouchesIsRefused() {
    answer.complete(false);

    HttpResponse<String> refusal = call(podToken());

    refused(refusal, 401, "service_account_gone");
    assertThat(refusal.body()).contains("team/agent");
    assertThat(questions)
        .singleElement()
        .satisfies(asked -> assertThat(asked.audiences()).containsExactly("keyfront"))
        .satisfies(asked -> assertThat(asked.account().name()).isEqualTo("agent"));
    refused(
        Agent.get(proxy.uri("/v1/self"), "authorization", "Bearer " + podToken()),
        401,
        "service_account_gone");
  }

  @Test
  void bodyWaitsUntilTheAnswerIsThere() {
    String large = Agent.chat("x".repeat(900_000), false);

    CompletableFuture<HttpResponse<String>> call =
        CompletableFuture.supplyAsync(
            () ->
                Agent.post(proxy.uri(Agent.CHAT), large, "authorization", "Bearer " + podToken()));
    await().until(() -> !questions.isEmpty());
    assertThat(proxy.dataplane().bodyBytes()).isZero();
    assertThat(call).isNotDone();
    answer.complete(true);

    assertThat(call.join().statusCode()).isEqualTo(200);
    assertThat(call(podToken()).statusCode()).as("the next on the connection").isEqualTo(200);
  }

  @Test
  void callWithoutABodyGoesOnToo() {
    CompletableFuture<HttpResponse<String>> models =
        CompletableFuture.supplyAsync(
            () ->
                Agent.get(proxy.uri("/openai/v1/models"), "authorization", "Bearer " + podToken()));
    await().until(() -> !questions.isEmpty());
    answer.complete(true);

    assertThat(models.join().statusCode()).isEqualTo(200);
  }

  @Test
  void goodTokenInAnotherHeaderCountsAllTheSame() {
    answer.complete(false);

    HttpResponse<String> served =
        Agent.post(
            proxy.uri(Agent.CHAT),
            Agent.chat("hi", false),
            "authorization",
            "Bearer " + podToken(),
            "x-api-key",
            ProxyUnderTest.TOKEN);

    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(questions).hasSize(1);
  }

  @Test
  void nobodyIsAskedAboutOtherTokens() {
    assertThat(call(ProxyUnderTest.TOKEN).statusCode()).isEqualTo(200);
    refused(
        call(SignedCallersTest.pod("team", "other", "keyfront")), 401, "unknown_service_account");
    refused(call(podToken() + "A"), 401, "invalid_token");

    assertThat(questions).isEmpty();
  }

  @Test
  void clientThatLeavesWhileItWaitsLeavesNothingBehind() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + Agent.CHAT
                      + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                      + podToken()
                      + "\r\ncontent-length: 100\r\n\r\n{")
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> !questions.isEmpty());
    }

    await().until(() -> proxy.dataplane().activeCalls() == 0);
    answer.complete(true);
    assertThat(call(podToken()).statusCode()).isEqualTo(200);
  }

  private static String podToken() {
    return SignedCallersTest.pod("team", "agent", "keyfront");
  }

  private HttpResponse<String> call(String token) {
    return Agent.post(
        proxy.uri(Agent.CHAT), Agent.chat("hi", false), "authorization", "Bearer " + token);
  }
}
