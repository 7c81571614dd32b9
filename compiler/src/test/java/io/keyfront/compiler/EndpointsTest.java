package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
  private static final Resource SOME =
      new Resource.Secret(Metadata.of("default", "some"), Map.of(), Set.of(), Origin.NONE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://models.example.com",
        "https://models.example.com:8443/a/b/v1",
        "HTTPS://MODELS.EXAMPLE.COM",
        "https://192.0.2.7",
        "https://[2001:db8::7]/v1",
      })
  void providerAddressIsTakenEverywhere(String url) {
    assertThat(isTaken(url, false)).isTrue();
    assertThat(isTaken(url, true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://127.0.0.1:8080/v1",
        "http://127.8.9.10",
        "http://[::1]:8080",
        "https://localhost.",
        "https://models.localhost",
        "https://[::ffff:127.0.0.1]",
      })
  void addressOfThisMachineIsTakenOnlyWhereThatIsAllowed(String url) {
    assertThat(isTaken(url, true)).isTrue();
    assertThat(isTaken(url, false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "models.example.com",
        "//models.example.com",
        "https://",
        "https:///v1",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "ftp://models.example.com",
        "http://models.example.com",
        "http://10.0.0.1",
        "http://localhost.example.com",
        "https://user@models.example.com",
        "https://user:fake@models.example.com",
        "https://models.example.com?x",
        "https://models.example.com#x",
        "https://models.example.com:0",
        "https://models.example.com:65536",
        "https://models example.com",
        "https://169.254.169.254/latest",
        "https://[::ffff:169.254.169.254]",
        "https://[fe80::1]",
        "https://[fe80::1%25eth0]",
        "https://[fd00:ec2::254]",
        "https://100.100.100.200",
        "https://metadata.google.internal",
        "https://METADATA.google.internal.",
        "https://0.0.0.0",
        "https://[::]",
        "https://224.0.0.1",
        "https://2852039166",
        "https://0xa9fea9fe",
        "https://127.1",
        "https://0177.0.0.1",
      })
  void addressThatNoProviderHasIsRefusedEverywhere(String url) {
    assertThat(isTaken(url, false)).isFalse();
    assertThat(isTaken(url, true)).isFalse();
  }

  @Test
  void passwordInAUrlIsNotShown() {
    var findings = new Findings();

    new Endpoints(true, findings).check(SOME, "field", "https://me:fake-password@example.com");

    assertThat(findings.sorted()).singleElement().asString().doesNotContain("fake-password");
  }

  private static boolean isTaken(String url, boolean loopbackAllowed) {
    var findings = new Findings();
    boolean taken = new Endpoints(loopbackAllowed, findings).check(SOME, "field", url).isPresent();
    List<Finding> told = findings.sorted();
    assertThat(told).hasSize(taken ? 0 : 1);
    return taken;
  }
}
