package io.keyfront.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.money.PriceTable;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.core.snapshot.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SecretTextTest {
  private static final String PLAIN = "sk-fake-0123456789-0123456789-0123456789";
  private static final SecretText SECRET = SecretText.of(PLAIN);
  private static final SessionIssuer ISSUER =
      new SessionIssuer("backend", Set.of("aud"), SECRET, "default");
  private static final AdminIssuer ADMIN = new AdminIssuer(Set.of("aud"), SECRET);

  static final List<Object> HOLDERS =
      List.of(
          SECRET,
          List.of(SECRET),
          new Credential.Auth.ApiKey(SECRET),
          new Credential(
              new CredentialId("default", "env-openai"),
              "openai",
              Optional.empty(),
              new Credential.Auth.ApiKey(SECRET),
              0,
              1,
              List.of(),
              NamespaceRule.ALL,
              Limits.NONE),
          ISSUER,
          ADMIN,
          new Settings(List.of(ISSUER), Optional.of(ADMIN), 0, PriceTable.EMPTY));

  @ParameterizedTest
  @FieldSource("HOLDERS")
  void noTextThatShowsARecordShowsTheSecretInIt(Object holder) {
    assertThat(holder.toString()).doesNotContain("fake").doesNotContain("0123456789");
  }

  @Test
  void secretIsRevealedOnlyOnRequest() {
    assertThat(SECRET.reveal()).isEqualTo(PLAIN);
    assertThat(SECRET.bytes()).isEqualTo(PLAIN.getBytes(StandardCharsets.UTF_8));
    assertThat(SECRET).hasToString("***");
  }

  @Test
  void secretsAreEqualByTheirText() {
    assertThat(SECRET).isEqualTo(SecretText.of(PLAIN)).hasSameHashCodeAs(SecretText.of(PLAIN));
    assertThat(SECRET).isNotEqualTo(SecretText.of("sk-fake-other"));
  }

  @Test
  void emptySecretIsRefused() {
    assertThatThrownBy(() -> SecretText.of(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A secret must not be empty.");
  }
}
