package io.keyfront.compiler.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResourceUidTest {
  @Test
  void uidOfATokenNeverChangesBetweenVersions() {
    // Accounts are named by it: another value here would give every token its budget anew.
    assertThat(ResourceUid.of(Kind.MACHINE_TOKEN, "default", "ci"))
        .isEqualTo("b735aa00-fb41-5826-9662-33d0e0936e94");
  }

  @Test
  void uidIsNameBased() {
    UUID uid = UUID.fromString(ResourceUid.of(Kind.MACHINE_TOKEN, "default", "ci"));

    assertThat(uid.version()).isEqualTo(5);
    assertThat(uid.variant()).isEqualTo(2);
  }

  @Test
  void resourcesOfOneNameAndDifferentKindDiffer() {
    assertThat(ResourceUid.of(Kind.MODEL_ALIAS, "default", "ci"))
        .isNotEqualTo(ResourceUid.of(Kind.MACHINE_TOKEN, "default", "ci"));
  }
}
