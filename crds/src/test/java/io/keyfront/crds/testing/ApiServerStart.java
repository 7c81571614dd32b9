package io.keyfront.crds.testing;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The one start of this JVM: every test learns the same outcome.
 *
 * @param kubeconfig the administrator's; empty where no server could be had
 * @param dir where its certificates and keys are
 * @param whyNot what a skipped test says
 */
record ApiServerStart(Optional<String> kubeconfig, Path dir, String whyNot) {
  private static final String DOWNLOADED_VERSION = "1.34.*";

  String orSkip() {
    Assumptions.assumeTrue(kubeconfig.isPresent(), whyNot);
    return kubeconfig.orElseThrow();
  }

  static ApiServerStart now() {
    return ApiServerPrograms.find().map(ApiServerStart::offline).orElseGet(ApiServerStart::loaded);
  }

  /** Certificates are written beside the programs, so each JVM has a folder that links to them. */
  private static ApiServerStart offline(Path programs) {
    try {
      Path dir = Files.createTempDirectory("keyfront-api-server");
      Files.createSymbolicLink(dir.resolve("k8s"), programs.toAbsolutePath().resolve("k8s"));
      atEnd(() -> delete(dir));
      return started(
          dir, config(dir).withOfflineMode(true).withApiServerVersion(ApiServerPrograms.VERSION));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static ApiServerStart loaded() {
    Path dir = ApiServerPrograms.root().resolve("target/kube-api-test");
    try {
      return started(
          dir, config(dir).withOfflineMode(false).withApiServerVersion(DOWNLOADED_VERSION));
    } catch (RuntimeException failed) {
      return new ApiServerStart(
          Optional.empty(),
          dir,
          "No API server: its programs could not be downloaded (%s). Unpack them and say where: export %s=$(../shared/kube/kube api-dir)"
              .formatted(failed.getMessage(), ApiServerPrograms.DIR));
    }
  }

  private static KubeAPIServerConfigBuilder config(Path dir) {
    return KubeAPIServerConfigBuilder.anAPIServerConfig()
        .withUpdateKubeConfig(false)
        .withTestDir(dir.toString());
  }

  private static ApiServerStart started(Path dir, KubeAPIServerConfigBuilder config) {
    var server = new KubeAPIServer(config.build());
    atEnd(server::stop);
    server.start();
    return new ApiServerStart(Optional.of(server.getKubeConfigYaml()), dir, "");
  }

  private static void atEnd(Runnable action) {
    Runtime.getRuntime().addShutdownHook(new Thread(action, "api server's end"));
  }

  /** The programs are behind a link, which goes and leaves them. */
  private static void delete(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(dir);
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
