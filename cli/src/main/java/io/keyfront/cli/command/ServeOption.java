package io.keyfront.cli.command;

import io.keyfront.cli.serve.LogFormat;
import io.keyfront.ledger.local.Fsync;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An option of {@code keyfront serve}, which is an environment variable too. One list for both who
 * read them: {@link ServeCommand} and {@link PlainServe}.
 */
enum ServeOption {
  LISTEN(
      "HOST:PORT", String.class, "127.0.0.1:8787", "Where agents call (default: 127.0.0.1:8787)."),
  MANAGEMENT(
      "HOST:PORT",
      String.class,
      "127.0.0.1:8788",
      "Where health, metrics and the admin API are (default: 127.0.0.1:8788)."),
  LEDGER(
      "LEDGER",
      String.class,
      "local",
      "Where spend and holds are kept: local, in the home folder, or a Redis that servers share: redis://, rediss://, redis-sentinel:// or redis-cluster:// (default: local)."),
  LEDGER_CA(
      "FILE",
      Path.class,
      "",
      "PEM file of authorities to trust for a Redis with TLS (rediss://), instead of the system's."),
  FSYNC(
      "WHEN",
      Fsync.class,
      "interval",
      "When the local ledger is forced to the disk: never, interval (each 100 ms) or always, before a call goes on (default: interval)."),
  HOME("FOLDER", Path.class, "", "Home folder of the server (KEYFRONT_HOME; default ~/.keyfront)."),
  RESOURCES("DIR", Path.class, "", "Folder of resource files (*.yaml, *.yml), watched."),
  SNAPSHOT(
      "SOURCE",
      String.class,
      "",
      "Serve what the operator of a cluster compiled: secrets:NAMESPACE (watched) or dir:PATH (mounted, watched). No home tokens, admin API or demo token then."),
  SNAPSHOT_CACHE(
      "DIR",
      Path.class,
      "",
      "Folder in memory (tmpfs) that keeps the parts of secrets:NAMESPACE for a start without the API server."),
  TOKEN_REVIEW(
      "SPAN",
      String.class,
      "",
      "Ask the API server whether the pod and the ServiceAccount of a presented token are still there, at most so often for each token: 1s to 10m, like 10s. Needs the right to create TokenReviews (default: not asked)."),
  MAX_BODY_BYTES(
      "BYTES",
      Long.class,
      "33554432",
      "Largest request body of an agent (default: 33554432, which is 32 MiB)."),
  TRUSTED_HOPS(
      "COUNT",
      Integer.class,
      "",
      "How many proxies stand in front, for the client's address (default: as KeyfrontSettings says, else 0)."),
  EVENT_LOOPS(
      "COUNT", Integer.class, "", "Threads that serve connections (default: one per processor)."),
  UPSTREAM_CA(
      "FILE",
      Path.class,
      "",
      "PEM file of authorities to trust for providers, beside the system's."),
  TLS_CERTIFICATE(
      "FILE",
      Path.class,
      "",
      "PEM file of the certificate that agents see, its own before those that vouch for it; read again when it is replaced (default: agents connect in the clear)."),
  TLS_KEY("FILE", Path.class, "", "PEM file of the certificate's private key."),
  DRAIN_GRACE(
      "SPAN",
      String.class,
      "0s",
      "How long new calls are taken after SIGTERM, while /readyz says 503 (default: 0s)."),
  DRAIN_TIMEOUT(
      "SPAN",
      String.class,
      "30s",
      "How long calls in flight may take to end after Ctrl-C (default: 30s)."),
  LOG_FORMAT(
      "FORMAT",
      LogFormat.class,
      "auto",
      "Call records: json, text, or auto: text on a terminal (default: auto).");

  private final String label;
  private final Class<?> type;
  private final String fallback;
  private final String description;

  ServeOption(String label, Class<?> type, String fallback, String description) {
    this.label = label;
    this.type = type;
    this.fallback = fallback;
    this.description = description;
  }

  static Optional<ServeOption> named(String name) {
    return Arrays.stream(values()).filter(option -> option.dashed().equals(name)).findFirst();
  }

  /** {@code --max-body-bytes} of {@code MAX_BODY_BYTES}. */
  String dashed() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code KEYFRONT_MAX_BODY_BYTES} of {@code MAX_BODY_BYTES}. */
  String variable() {
    return "KEYFRONT_" + name();
  }

  String label() {
    return label;
  }

  /** What picocli takes it for, and the shell completes it with. */
  Class<?> type() {
    return type;
  }

  /** What holds when it is not given; empty when nothing does. */
  String fallback() {
    return fallback;
  }

  String description() {
    return description;
  }
}
