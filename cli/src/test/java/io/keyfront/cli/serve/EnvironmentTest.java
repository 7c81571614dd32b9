package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.SessionIssuer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
  private static final String STRONG = "fake-signing-secret-00000000000000000000";
  private static final String OTHER = "fake-other-secret-0000000000000000000000";

  @Test
  void everyVariableOfTheCatalogIsAProviderKey() {
    for (String provider : ProviderCatalog.builtIn().keySet()) {
      for (String variable : ProviderCatalog.keyVariables(provider)) {
        assertThat(Environment.of(Map.of(variable, "sk-fake")).providerKeys())
            .isEqualTo(Map.of(provider, SecretText.of("sk-fake")));
      }
    }
  }

  @Test
  void firstVariableOfAProviderThatIsSetCounts() {
    var both = Map.of("GEMINI_API_KEY", "fake-1", "GOOGLE_API_KEY", "fake-2");
    var emptyFirst = Map.of("GEMINI_API_KEY", " ", "GOOGLE_API_KEY", "fake-2");

    assertThat(Environment.of(both).providerKeys()).containsValue(SecretText.of("fake-1"));
    assertThat(Environment.of(emptyFirst).providerKeys()).containsValue(SecretText.of("fake-2"));
  }

  @Test
  void emptyEnvironmentHasNothing() {
    var environment = Environment.of(Map.of("OPENAI_API_KEY", "", "KEYFRONT_JWT_SECRET", "  "));

    assertThat(environment.providerKeys()).isEmpty();
    assertThat(environment.sessions()).isEmpty();
    assertThat(environment.admins()).isEmpty();
    assertThat(environment.secretKey()).isEmpty();
    assertThat(environment.adminToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEYFRONT_JWT_SECRET", "CREDENTIAL_PROXY_JWT_SECRET", "PROXY_JWT_SECRET"})
  void sessionSecretIsTakenUnderOurNameAndThePredecessors(String variable) {
    SessionIssuer issuer = Environment.of(Map.of(variable, STRONG)).sessions().orElseThrow();

    assertThat(issuer.secret()).isEqualTo(SecretText.of(STRONG));
    assertThat(issuer.audiences()).containsExactly("relay-llm-proxy");
    assertThat(issuer.namespace()).isEqualTo("default");
  }

  @Test
  void ourNameGoesBeforeThePredecessors() {
    var variables = Map.of("KEYFRONT_JWT_SECRET", STRONG, "CREDENTIAL_PROXY_JWT_SECRET", OTHER);

    assertThat(Environment.of(variables).sessions().orElseThrow().secret())
        .isEqualTo(SecretText.of(STRONG));
  }

  @Test
  void audiencesAreAList() {
    var variables =
        Map.of("KEYFRONT_JWT_SECRET", STRONG, "KEYFRONT_JWT_AUDIENCE", "one, two,,relay-llm-proxy");

    assertThat(Environment.of(variables).sessions().orElseThrow().audiences())
        .isEqualTo(Set.of("one", "two", "relay-llm-proxy"));
  }

  @ParameterizedTest
  @CsvSource({
    "KEYFRONT_ADMIN_JWT_SECRET, KEYFRONT_ADMIN_JWT_AUDIENCE",
    "CREDENTIAL_PROXY_ADMIN_JWT_SECRET, CREDENTIAL_PROXY_ADMIN_AUDIENCE"
  })
  void adminSecretAndAudienceHaveTwoNamesEach(String secret, String audience) {
    AdminIssuer plain = Environment.of(Map.of(secret, STRONG)).admins().orElseThrow();
    AdminIssuer named =
        Environment.of(Map.of(secret, STRONG, audience, "ops")).admins().orElseThrow();

    assertThat(plain.audiences()).containsExactly("relay-credential-proxy-admin");
    assertThat(named.audiences()).containsExactly("ops");
  }

  @Test
  void sessionSecretIsNeverTheAdminSecret() {
    var variables = Map.of("PROXY_JWT_SECRET", STRONG, "CREDENTIAL_PROXY_ADMIN_JWT_SECRET", STRONG);

    assertThat(Environment.of(Map.of("PROXY_JWT_SECRET", STRONG)).admins()).isEmpty();
    assertThatThrownBy(() -> Environment.of(variables))
        .hasMessageContaining("PROXY_JWT_SECRET and CREDENTIAL_PROXY_ADMIN_JWT_SECRET")
        .hasMessageContaining("different")
        .hasMessageNotContaining(STRONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KEYFRONT_JWT_SECRET",
        "PROXY_JWT_SECRET",
        "KEYFRONT_ADMIN_JWT_SECRET",
        "KEYFRONT_ADMIN_TOKEN"
      })
  void shortSecretIsNamedButNotShown(String variable) {
    assertThatThrownBy(() -> Environment.of(Map.of(variable, "fake-short")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable)
        .hasMessageContaining("at least 32")
        .hasMessageContaining("openssl rand")
        .hasMessageNotContaining("fake-short");
  }
}
