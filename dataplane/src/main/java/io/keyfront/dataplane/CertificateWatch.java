package io.keyfront.dataplane;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.lang.System.Logger.Level;
import java.util.List;

/** Looks whether the files of the agents' certificate were replaced, and shows the new one. */
final class CertificateWatch {
  private static final System.Logger LOG = System.getLogger(CertificateWatch.class.getName());
  private static final long EVERY_MILLIS = 2_000;

  private final Vertx vertx;
  private final AgentCertificate files;
  private final List<AgentServer> servers;

  /** What was last found wrong with the files; on the timer's context only. */
  private String told = "";

  CertificateWatch(Vertx vertx, AgentCertificate files, List<AgentServer> servers) {
    this.vertx = vertx;
    this.files = files;
    this.servers = servers;
  }

  void start() {
    vertx.setPeriodic(EVERY_MILLIS, tick -> look());
  }

  private void look() {
    vertx
        .executeBlocking(files::changed)
        .onSuccess(
            changed -> {
              told = "";
              changed.ifPresent(this::show);
            })
        .onFailure(unusable -> tell(String.valueOf(unusable.getMessage())));
  }

  /** Once, however long it stays so. */
  private void tell(String unusable) {
    if (!unusable.equals(told)) {
      LOG.log(Level.WARNING, "{0} The certificate that was read last stays in use.", unusable);
      told = unusable;
    }
  }

  private void show(KeyCertOptions certificate) {
    Future.join(servers.stream().map(server -> server.show(certificate)).toList())
        .onSuccess(shown -> LOG.log(Level.INFO, "Agents see a new certificate."))
        .onFailure(
            refused ->
                LOG.log(Level.WARNING, "A new certificate is not used: {0}", refused.toString()));
  }
}
