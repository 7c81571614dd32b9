package io.keyfront.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.console.desk.TokenName;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenMint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TokenMint MINT = new TokenMint(RANDOM);
  private static final SecretText VARIABLE = SecretText.of("fake-variable-0000000000000000000000");

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = temporary.resolve("deep").resolve("home");
  }

  private Home open() throws IOException {
    return Home.open(folder, Optional.empty(), RANDOM);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void newHomeIsItsOwnersAlone() throws IOException {
    try (Home home = open()) {
      home.announce(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:2"));
      home.tokens().change(book -> book.demoRevoked(Instant.EPOCH));

      assertThat(permissions(folder)).isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void folderThatOthersMayReadIsClosedToThem() throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    open().close();

    assertThat(permissions(folder)).isEqualTo("rwx------");
  }

  @Test
  void adminTokenStaysOverRestarts() throws IOException {
    SecretText first;
    try (Home home = open()) {
      first = home.adminToken();
    }

    try (Home home = open()) {
      assertThat(home.adminToken()).isEqualTo(first);
      assertThat(first.reveal()).matches("kf_admin_[A-Za-z0-9_-]{43}");
    }
  }

  @Test
  void adminTokenCanBeReadWhileAServerHoldsTheHome() throws IOException {
    try (Home home = open()) {
      assertThat(Home.adminToken(folder, Optional.empty())).contains(home.adminToken());
    }
  }

  @Test
  void folderThatNoServerMadeHasNoAdminToken() throws IOException {
    assertThat(Home.adminToken(folder, Optional.empty())).isEmpty();
  }

  @Test
  void keyFromTheEnvironmentLeavesNoKeyFile() throws IOException {
    Home.open(folder, Optional.of(VARIABLE), RANDOM).close();

    assertThat(folder.resolve("secret.key")).doesNotExist();
    assertThat(Home.adminToken(folder, Optional.of(VARIABLE))).isPresent();
  }

  @Test
  void variableThatAppearsLaterIsToldApartFromTheKeyFile() throws IOException {
    open().close();

    assertThatThrownBy(() -> Home.open(folder, Optional.of(VARIABLE), RANDOM))
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("is locked with the key file")
        .hasMessageContaining("unset it");
  }

  @Test
  void missingKeyFileIsNamed() throws IOException {
    open().close();
    Files.delete(folder.resolve("secret.key"));

    assertThatThrownBy(this::open)
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("secret.key is missing")
        .hasMessageContaining("KEYFRONT_SECRET_KEY");
  }

  @Test
  void cutKeyFileIsNamed() throws IOException {
    open().close();
    Files.write(folder.resolve("secret.key"), new byte[31]);

    assertThatThrownBy(this::open)
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("secret.key is damaged")
        .hasMessageContaining("31 bytes");
  }

  @Test
  void damagedTokensFileIsNamed() throws IOException {
    open().close();
    Files.writeString(folder.resolve("tokens.json"), "{\"version\":1,\"tokens\":[{}]}");

    assertThatThrownBy(this::open)
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("tokens.json is damaged: the text 'name' is missing");
  }

  @Test
  void failedOpeningGivesTheLockBack() throws IOException {
    open().close();
    Path tokens = folder.resolve("tokens.json");
    Files.writeString(tokens, "x");
    assertThatThrownBy(this::open).isInstanceOf(HomeUnusable.class);
    Files.delete(tokens);

    try (Home home = open()) {
      assertThat(home.folder()).isEqualTo(folder);
    }
  }

  @Test
  void secondServerIsToldWhoHoldsTheHome() throws IOException {
    try (Home home = open()) {
      assertThat(home.folder()).exists();

      assertThatThrownBy(this::open)
          .isInstanceOf(HomeUnusable.class)
          .hasMessageContaining(
              "in use by another Keyfront server (process " + ProcessHandle.current().pid() + ")")
          .hasMessageContaining("--home");
    }
  }

  @Test
  void runningServerIsFoundUntilItStops() throws IOException {
    URI management = URI.create("http://127.0.0.1:1");
    try (Home home = open()) {
      home.announce(management, URI.create("http://127.0.0.1:2"));

      assertThat(RunningServer.of(folder).map(RunningServer::management)).contains(management);
    }

    assertThat(RunningServer.of(folder)).isEmpty();
  }

  @Test
  void whatAKilledServerLeftBehindIsNoServer() throws IOException {
    open().close();
    URI url = URI.create("http://127.0.0.1:1");
    new AtomicFile(folder.resolve("server.json"))
        .write(new RunningServer(url, url, Long.MAX_VALUE).json());

    assertThat(RunningServer.of(folder)).isEmpty();
  }

  @Test
  void declaredTokenKeepsItsPlaintextWhileItMayComeBack() throws IOException {
    TokenName name = TokenName.parse("agent");
    try (Home home = open()) {
      SecretText made = home.keepTokens(Set.of(name), true, MINT).get(name);

      home.keepTokens(Set.of(), false, MINT);
      Map<TokenName, SecretText> again = home.keepTokens(Set.of(name), true, MINT);
      home.keepTokens(Set.of(), true, MINT);
      SecretText fresh = home.keepTokens(Set.of(name), true, MINT).get(name);

      assertThat(again.get(name)).isEqualTo(made);
      assertThat(fresh).isNotEqualTo(made);
    }
  }

  @Test
  void homeIsTakenFromTheEnvironment() {
    assertThat(Home.defaultFolder(Map.of("KEYFRONT_HOME", "/srv/kf")))
        .isEqualTo(Path.of("/srv/kf"));
    assertThat(Home.defaultFolder(Map.of("KEYFRONT_HOME", "")))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".keyfront"));
  }
}
