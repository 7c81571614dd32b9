package io.keyfront.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OperatorCommandTest {
  @Test
  void withoutOptionsItIsTheOperatorOfTheChart() {
    OperatorSettings settings = parsed();

    assertThat(settings.namespace()).isEqualTo("keyfront-system");
    assertThat(settings.proxyNamespace()).isEqualTo("keyfront");
    assertThat(settings.watchNamespaces()).isEmpty();
    assertThat(settings.serviceUrl()).isEqualTo("http://keyfront.keyfront.svc:8787");
    assertThat(settings.ledger()).isEmpty();
    assertThat(settings.listen().getPort()).isEqualTo(8081);
    assertThat(settings.leaderElection()).isTrue();
    assertThat(settings.secretSelector()).isEmpty();
    assertThat(settings.loopbackEndpoints()).isFalse();
    assertThat(settings.signingKeyLifetime()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void everyOptionIsHeard() {
    OperatorSettings settings =
        parsed(
            "--namespace=sys",
            "--proxy-namespace=proxies",
            "--watch-namespaces=a,b",
            "--service-url=http://kf.example",
            "--ledger=redis://redis:6379",
            "--listen=127.0.0.1:9000",
            "--leader-election=false",
            "--secret-selector=keyfront=yes",
            "--signing-key-lifetime=7d",
            "--allow-loopback-endpoints=true");

    assertThat(settings.namespace()).isEqualTo("sys");
    assertThat(settings.proxyNamespace()).isEqualTo("proxies");
    assertThat(settings.watchNamespaces()).containsExactlyInAnyOrder("a", "b");
    assertThat(settings.serviceUrl()).isEqualTo("http://kf.example");
    assertThat(settings.ledger()).contains("redis://redis:6379");
    assertThat(settings.listen().getPort()).isEqualTo(9000);
    assertThat(settings.leaderElection()).isFalse();
    assertThat(settings.secretSelector()).contains("keyfront=yes");
    assertThat(settings.loopbackEndpoints()).isTrue();
    assertThat(settings.signingKeyLifetime()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void keyMustLive() {
    assertThatThrownBy(() -> parsed("--signing-key-lifetime=0s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 0s");
  }

  @Test
  void addressThatIsNoneIsSaidSo() {
    assertThatThrownBy(() -> parsed("--listen=nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write host:port");
  }

  private static OperatorSettings parsed(String... arguments) {
    OperatorCommand command = new OperatorCommand();
    var unused = new CommandLine(command).parseArgs(arguments);
    return command.settings();
  }
}
