package io.keyfront.cli.home;

import io.keyfront.console.desk.TokenName;
import io.keyfront.console.http.AdminKey;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenMint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The home folder of a standalone server, held by one server at a time. Its folder is 0700, its
 * files 0600; each is replaced whole, so a kill at any moment leaves the old state or the new.
 */
public final class Home implements AutoCloseable {
  /** The vault's name of the admin token. */
  static final String ADMIN_TOKEN = "admin-token";

  private static final String TOKEN = "token/";
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;
  private final HomeLock lock;
  private final SecretVault vault;
  private final TokenStore tokens;
  private final List<String> warnings;

  private Home(
      Path folder, HomeLock lock, SecretVault vault, TokenStore tokens, List<String> warnings) {
    this.folder = folder;
    this.lock = lock;
    this.vault = vault;
    this.tokens = tokens;
    this.warnings = List.copyOf(warnings);
  }

  /** {@code KEYFRONT_HOME}, else {@code .keyfront} in the user's own folder. */
  public static Path defaultFolder(Map<String, String> environment) {
    String named = environment.getOrDefault("KEYFRONT_HOME", "");
    return named.isEmpty() ? Path.of(System.getProperty("user.home"), ".keyfront") : Path.of(named);
  }

  /**
   * Opens a home folder, making it and what belongs in it where it is missing.
   *
   * @param secretKey {@code KEYFRONT_SECRET_KEY}, where it is set
   * @throws HomeUnusable when another server holds it, a file is damaged, or the key is wrong
   * @throws IOException when the folder cannot be read or written
   */
  public static Home open(Path folder, Optional<SecretText> secretKey, SecureRandom random)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    makeFolder(folder, warnings);
    HomeLock lock = HomeLock.take(folder.resolve("lock"));
    try {
      SecretVault vault = vault(folder, secretKey, random);
      if (vault.get(ADMIN_TOKEN).isEmpty()) {
        vault.change(Map.of(ADMIN_TOKEN, AdminKey.mint(random)), List.of());
      }
      TokenStore tokens = TokenStore.open(new AtomicFile(folder.resolve("tokens.json")));
      return new Home(folder, lock, vault, tokens, warnings);
    } catch (IOException | RuntimeException unusable) {
      lock.close();
      throw unusable;
    }
  }

  /**
   * The admin token of a home folder, whether or not a server runs on it.
   *
   * @return empty when no server was ever started on it
   * @throws HomeUnusable when a file is damaged, or the key is wrong
   */
  public static Optional<SecretText> adminToken(Path folder, Optional<SecretText> secretKey)
      throws IOException {
    AtomicFile file = new AtomicFile(folder.resolve("secrets.json"));
    Optional<byte[]> content = file.read();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    SecureRandom random = new SecureRandom();
    return SecretVault.open(file, content.get(), existingKey(folder, secretKey), random)
        .get(ADMIN_TOKEN);
  }

  private static void makeFolder(Path folder, List<String> warnings) throws IOException {
    Files.createDirectories(folder);
    if (!isClosed(folder)) {
      warnings.add(
          "The file system of "
              + folder
              + " does not keep other users out of the folder: make sure that nobody else can read it.");
    }
  }

  /** Closes the folder to everybody but its owner; false where that cannot be done. */
  private static boolean isClosed(Path folder) throws IOException {
    if (!AtomicFile.knowsOwners(folder)) {
      return false;
    }
    if (Files.getPosixFilePermissions(folder).equals(OWNER_FOLDER)) {
      return true;
    }
    try {
      Files.setPosixFilePermissions(folder, OWNER_FOLDER);
      return Files.getPosixFilePermissions(folder).equals(OWNER_FOLDER);
    } catch (FileSystemException notOnThisMount) {
      return false;
    }
  }

  private static SecretVault vault(Path folder, Optional<SecretText> secretKey, SecureRandom random)
      throws IOException {
    AtomicFile file = new AtomicFile(folder.resolve("secrets.json"));
    Optional<byte[]> content = file.read();
    if (content.isPresent()) {
      return SecretVault.open(file, content.get(), existingKey(folder, secretKey), random);
    }
    return SecretVault.empty(file, newKey(folder, secretKey, random), random);
  }

  private static HomeKey existingKey(Path folder, Optional<SecretText> secretKey)
      throws IOException {
    if (secretKey.isPresent()) {
      return HomeKey.fromEnvironment(secretKey.get());
    }
    AtomicFile file = new AtomicFile(folder.resolve(HomeKey.FILE));
    return HomeKey.fromFile(file)
        .orElseThrow(
            () ->
                new HomeUnusable(
                    "%s is missing, and the secrets in the home folder are locked with it (or with %s, if that was set when the folder was made). Put it back, or set the variable."
                        .formatted(file.path(), HomeKey.VARIABLE)));
  }

  private static HomeKey newKey(Path folder, Optional<SecretText> secretKey, SecureRandom random)
      throws IOException {
    if (secretKey.isPresent()) {
      return HomeKey.fromEnvironment(secretKey.get());
    }
    AtomicFile file = new AtomicFile(folder.resolve(HomeKey.FILE));
    Optional<HomeKey> existing = HomeKey.fromFile(file);
    return existing.isPresent() ? existing.get() : HomeKey.makeFile(file, random);
  }

  public Path folder() {
    return folder;
  }

  public SecretVault vault() {
    return vault;
  }

  public TokenStore tokens() {
    return tokens;
  }

  /** What the person who starts the server should know. */
  public List<String> warnings() {
    return warnings;
  }

  public SecretText adminToken() {
    return vault.get(ADMIN_TOKEN).orElseThrow();
  }

  /** The plaintext of a token that a resource file declares, or of the demo, if it is kept. */
  public Optional<SecretText> keptToken(TokenName name) {
    return vault.get(TOKEN + name);
  }

  /**
   * The plaintexts of declared tokens: those that have none yet get one.
   *
   * @param wanted the tokens that are to have one
   * @param complete whether every resource file could be read, so that a token that is not wanted
   *     is really gone, and its plaintext with it
   * @throws java.io.UncheckedIOException when new ones cannot be stored
   */
  public Map<TokenName, SecretText> keepTokens(
      Set<TokenName> wanted, boolean complete, TokenMint mint) {
    Map<TokenName, SecretText> tokens = new TreeMap<>();
    Map<String, SecretText> fresh = new TreeMap<>();
    for (TokenName name : wanted) {
      SecretText plaintext =
          keptToken(name)
              .orElseGet(() -> fresh.computeIfAbsent(TOKEN + name, absent -> mint.mint()));
      tokens.put(name, plaintext);
    }
    Set<String> gone = new TreeSet<>(complete ? vault.names(TOKEN) : Set.of());
    wanted.forEach(name -> gone.remove(TOKEN + name));
    vault.change(fresh, gone);
    return tokens;
  }

  /** Notes where the server is, for the commands; {@link #close} removes the note. */
  public void announce(URI management, URI agents) throws IOException {
    long pid = ProcessHandle.current().pid();
    new AtomicFile(folder.resolve(RunningServer.FILE))
        .write(new RunningServer(management, agents, pid).json());
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      new AtomicFile(folder.resolve(RunningServer.FILE)).delete();
    }
  }
}
