package io.keyfront.dataplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.keyfront.testkit.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class OwnAuthorityTest {
  private static final Config NOTHING = Config.empty();

  private static List<X509Certificate> trusted(Config access) throws Exception {
    return Arrays.stream(SSLUtils.trustManagers(access))
        .map(X509TrustManager.class::cast)
        .flatMap(one -> Arrays.stream(one.getAcceptedIssuers()))
        .toList();
  }

  @Test
  void authorityThatTheClusterNamesIsTheOnlyOne() throws Exception {
    String pem = TestCertificates.create().caPem();
    String data = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));

    Config access = OwnAuthority.only(new ConfigBuilder(NOTHING).withCaCertData(data).build());

    assertThat(trusted(access)).hasSize(1);
  }

  @Test
  void whereNoneIsNamedTheSystemsListCounts() throws Exception {
    assertThat(trusted(OwnAuthority.only(NOTHING))).hasSizeGreaterThan(1);
  }

  @Test
  void listOfItsOwnIsLeftAsItIs() {
    Config own =
        new ConfigBuilder(NOTHING).withCaCertData("YQ==").withTrustStoreFile("own.jks").build();

    assertThat(OwnAuthority.only(own)).isSameAs(own);
  }
}
