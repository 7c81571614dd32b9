package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.session.SessionClaims;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.SessionTokens;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Limits that all tokens of a provider share, against the provider's own bill. */
class ProviderLimitsTest extends LimitedProxyTest {
  private static final String OTHER = "kf_fake-token-for-tests-111111111111111111111";

  @Override
  Snapshots snapshot(Limits limits) {
    return new Snapshots()
        .token(ProxyUnderTest.TOKEN, "openai:*")
        .limited(OTHER, tokens(1_000_000), "openai:*")
        .key("openai", "first", provider.uri(), "sk-fake-provider-key", 0)
        .key("openai", "second", provider.uri(), "sk-fake-provider-key-2", 1)
        .providerLimits("openai", limits);
  }

  private HttpResponse<String> call(String token, int maxTokens) {
    String body =
        "{\"model\":\"gpt-4o-mini\",\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"len=600\"}]}"
            .formatted(maxTokens);
    return Agent.post(proxy.uri(Agent.CHAT), body, "authorization", "Bearer " + token);
  }

  @Test
  void twoTokensAtOnceStayWithinTheBudgetOfTheirProvider() throws Exception {
    limit(tokens(4_000));

    List<Integer> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String token = i % 2 == 0 ? ProxyUnderTest.TOKEN : OTHER;
        calls.add(threads.submit(() -> call(token, 700).statusCode()));
      }
      for (Future<Integer> call : calls) {
        answers.add(call.get());
      }
    }

    assertThat(answers).contains(200).containsAnyOf(402, 429);
    assertThat(billed()).isPositive().isLessThanOrEqualTo(4_000);
  }

  @Test
  void aProviderThatIsSpentIsTerminalAndNotTheTokensFault() {
    limit(tokens(2_000));
    call(OTHER, 800);
    limit(tokens(100));

    HttpResponse<String> answer = call(ProxyUnderTest.TOKEN, 800);

    IdentityTest.refused(answer, 402, "budget_exhausted");
    assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
    assertThat(answer.body())
        .contains("Provider openai has spent the budget that all its tokens share.")
        .doesNotContain("100", "This token");
  }

  @Test
  void aCallThatTheProviderHasNoRoomForIsHeldOnNobody() {
    limit(tokens(300));

    HttpResponse<String> answer = call(OTHER, 800);

    IdentityTest.refused(answer, 402, "call_too_large");
    assertThat(answer.body()).contains("more than provider openai has left");
    assertThat(proxy.ledger().standing(AccountId.provider("openai")).toCompletableFuture().join())
        .satisfies(standing -> assertThat(standing.in(Window.TOTAL).held().tokens()).isZero());
    assertThat(provider.bill().calls()).isEmpty();
  }

  @Test
  void anotherCredentialDoesNotHelpWhereTheProviderIsShort() {
    limit(Limits.NONE.withRequestsPerMinute(1));

    assertThat(call(ProxyUnderTest.TOKEN, 700).statusCode()).isEqualTo(200);
    HttpResponse<String> second = call(OTHER, 700);

    IdentityTest.refused(second, 429, "rate_limited");
    assertThat(second.body()).contains("Provider openai may use 1 requests a minute");
  }

  @Test
  void aCallIsClampedToWhatItsProviderHasLeft() {
    limit(tokens(3_000));

    HttpResponse<String> answer = call(ProxyUnderTest.TOKEN, 100_000);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-keyfront-max-output")).isPresent();
    assertThat(billed()).isLessThanOrEqualTo(3_000);
  }

  @Test
  void defaultLimitsHoldForASessionTokenUntilTheyAreTakenAway() {
    Limits one = Limits.NONE.withRequestsPerMinute(1);
    proxy.use(snapshot(Limits.NONE).sessions().defaultLimits(one).build());
    String session =
        SessionTokens.mint(
            new SessionClaims(
                "workspace-1",
                "openai",
                "first",
                OptionalLong.empty(),
                Instant.now().plusSeconds(60)),
            SessionIssuer.DEFAULT_AUDIENCE,
            Snapshots.JWT_SECRET,
            Instant.now());

    assertThat(call(session, 700).statusCode()).isEqualTo(200);
    HttpResponse<String> second = call(session, 700);
    proxy.use(snapshot(Limits.NONE).sessions().build());

    IdentityTest.refused(second, 429, "rate_limited");
    assertThat(second.body()).contains("This token may use 1 requests a minute");
    assertThat(call(session, 700).statusCode()).isEqualTo(200);
  }

  @Test
  void whatAProviderSpentIsNotLimitedAnyMoreWhenItsBudgetIsTakenAway() {
    limit(tokens(10));
    IdentityTest.refused(call(OTHER, 800), 402, "call_too_large");

    limit(Limits.NONE);

    assertThat(call(OTHER, 800).statusCode()).isEqualTo(200);
  }
}
