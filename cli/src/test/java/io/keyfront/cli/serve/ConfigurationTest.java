package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.cli.home.Home;
import io.keyfront.cli.home.HomeTokenDesk;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.console.desk.Expiry;
import io.keyfront.console.desk.MintedToken;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import io.keyfront.core.token.TokenMint;
import io.keyfront.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private static final TokenName AGENT = TokenName.parse("agent");
  private static final String DECLARED =
      """
      apiVersion: keyfront.io/v1alpha1
      kind: MachineToken
      metadata: {name: agent, labels: {team: search}}
      spec: {scopes: ['mock:*'], ttl: 1h, note: from a file}
      """;

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
  private final TokenMint mint = new TokenMint(new SecureRandom());
  private Home home;
  private Configuration configuration;
  private HomeTokenDesk desk;

  @BeforeEach
  void open() throws IOException {
    open(Map.of());
  }

  private void open(Map<String, String> variables) throws IOException {
    home = Home.open(folder, Optional.empty(), new SecureRandom());
    configuration =
        new Configuration(home, Environment.of(variables), OptionalInt.empty(), mint, clock);
    desk =
        new HomeTokenDesk(
            home, mint, clock, () -> configuration.current().declared(), configuration::compile);
  }

  @AfterEach
  void close() throws IOException {
    home.close();
  }

  private void load(String... texts) {
    List<ResourceFile> files =
        IntStream.range(0, texts.length)
            .mapToObj(i -> new ResourceFile("f" + i + ".yaml", texts[i]))
            .toList();
    configuration.load(new FolderContents(files, List.of()));
  }

  private Optional<TokenPolicy> policy(SecretText plaintext) {
    return configuration.snapshot().token(TokenHash.of(plaintext.reveal()));
  }

  private SecretText plaintext(TokenName name) {
    return home.keptToken(name).orElseThrow();
  }

  @Test
  void demoTokenWorksAtOnce() {
    configuration.compile();

    assertThat(policy(plaintext(StandaloneDefaults.DEMO)).orElseThrow().identity().scope())
        .isEqualTo(Scope.of(List.of("mock:*")));
  }

  @Test
  void revokedDemoTokenIsRefusedAlsoAfterARestart() throws IOException {
    configuration.compile();
    SecretText demo = plaintext(StandaloneDefaults.DEMO);

    desk.revoke(StandaloneDefaults.DEMO);

    assertThat(policy(demo).orElseThrow().revoked()).isTrue();
    home.close();
    open();
    configuration.compile();
    assertThat(policy(demo).orElseThrow().revoked()).isTrue();
  }

  @Test
  void tokenOfTheApiIsInTheSnapshotWhenItIsAnsweredAndRevokedWhenThatIs() {
    configuration.compile();

    MintedToken made =
        desk.create(AGENT, TokenSpec.of(Scope.of(List.of("mock:*"))), new Expiry.Never());
    boolean revokedBefore = policy(made.plaintext()).orElseThrow().revoked();
    desk.revoke(AGENT);

    assertThat(revokedBefore).isFalse();
    assertThat(policy(made.plaintext()).orElseThrow().revoked()).isTrue();
  }

  @Test
  void accountOfATokenIsTheSameHoweverItWasMade() {
    configuration.compile();
    String ofApi =
        desk.create(AGENT, TokenSpec.of(Scope.ALL), new Expiry.Never()).token().account();

    load(DECLARED);

    assertThat(desk.find(AGENT).orElseThrow().account()).isEqualTo(ofApi);
  }

  @Test
  void declaredTokenIsMintedOnceAndItsLifeRunsFromWhenItWasFirstSeen() throws IOException {
    load(DECLARED);
    SecretText made = plaintext(AGENT);
    home.close();
    clock.advance(Duration.ofMinutes(20));
    open();

    load(DECLARED);

    assertThat(plaintext(AGENT)).isEqualTo(made);
    TokenRecord token = desk.find(AGENT).orElseThrow();
    assertThat(token.validity().orElseThrow().expiresAt()).isEqualTo("2026-11-21T13:00:00Z");
    assertThat(token.origin().label()).isEqualTo("file");
    assertThat(token.spec().labels()).containsEntry("team", "search");
    assertThat(policy(made).orElseThrow().identity().expiresAt())
        .contains(token.validity().orElseThrow().expiresAt());
  }

  @Test
  void compilingBeforeTheFolderIsReadForgetsNothing() throws IOException {
    load(DECLARED);
    SecretText made = plaintext(AGENT);
    home.close();
    open();

    configuration.compile();
    load(DECLARED);

    assertThat(plaintext(AGENT)).isEqualTo(made);
  }

  @Test
  void brokenFileForgetsNothingARemovedOneDoes() {
    load(DECLARED);
    SecretText made = plaintext(AGENT);

    load("spec: [");
    load(DECLARED);
    SecretText afterMending = plaintext(AGENT);
    load();
    load(DECLARED);

    assertThat(afterMending).isEqualTo(made);
    assertThat(plaintext(AGENT)).isNotEqualTo(made);
    assertThat(policy(made)).isEmpty();
  }

  @Test
  void wrongResourceIsRefusedAloneWithItsLine() {
    load(
        DECLARED
            + "---\napiVersion: keyfront.io/v1alpha1\nkind: MachineToken\n"
            + "metadata: {name: wrong}\nspec: {scopes: ['mock:*'], limit: 3}\n");

    assertThat(policy(plaintext(AGENT))).isPresent();
    assertThat(configuration.current().findings())
        .singleElement()
        .extracting(Finding::text)
        .asString()
        .startsWith("f0.yaml:9: MachineToken default/wrong: spec.limit");
  }

  @Test
  void fileThatTakesTheNameOfATokenOfTheApiIsPointedOut() {
    configuration.compile();
    MintedToken made = desk.create(AGENT, TokenSpec.of(Scope.ALL), new Expiry.Never());

    load(DECLARED);

    assertThat(policy(made.plaintext())).isEmpty();
    assertThat(configuration.current().findings())
        .extracting(Finding::problem)
        .containsExactly(
            "a token of this name was made by the admin API and does not work while this one is declared");
  }

  @Test
  void keyOfTheEnvironmentBecomesACredential() throws IOException {
    home.close();
    open(Map.of("OPENAI_API_KEY", "sk-fake"));

    configuration.compile();

    assertThat(configuration.snapshot().credentials())
        .singleElement()
        .satisfies(credential -> assertThat(credential.id().name()).isEqualTo("env-openai"));
    assertThat(configuration.snapshot().aliases()).isEmpty();
  }

  @Test
  void trustedHopsOfTheCommandLineGoBeforeTheSettings() {
    var told = new Configuration(home, Environment.of(Map.of()), OptionalInt.of(2), mint, clock);

    told.compile();

    assertThat(told.snapshot().settings().trustedHops()).isEqualTo(2);
  }
}
