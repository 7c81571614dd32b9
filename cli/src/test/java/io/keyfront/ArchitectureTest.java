package io.keyfront;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the modules, and what pure rooms must not touch. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.keyfront");

  @ParameterizedTest(name = "{0} uses only {1}")
  @CsvSource({
    "core, core",
    "crds, 'crds core'",
    "protocols, 'protocols core'",
    "ledger, 'ledger core'",
    "compiler, 'compiler core crds'",
    "snapshot, 'snapshot core'",
    "dataplane, 'dataplane core protocols ledger snapshot'",
    "console, 'console core crds compiler ledger'",
  })
  void moduleUsesOnlyWhatIsBelowIt(String module, String allowed) {
    String[] rooms = allowed.split(" ");
    DescribedPredicate<JavaClass> elsewhere =
        DescribedPredicate.describe(
            "other modules of the house",
            type ->
                type.getPackageName().startsWith("io.keyfront.")
                    && Arrays.stream(rooms).noneMatch(room -> isIn(type, room)));

    noClasses()
        .that()
        .resideInAPackage("io.keyfront." + module + "..")
        .should()
        .dependOnClassesThat(elsewhere)
        .check(HOUSE);
  }

  private static boolean isIn(JavaClass type, String module) {
    String room = "io.keyfront." + module;
    return type.getPackageName().equals(room) || type.getPackageName().startsWith(room + ".");
  }

  /** A custom resource's class is the client's; what it says is ours. */
  @ParameterizedTest
  @CsvSource({"core", "protocols", "compiler", "snapshot"})
  void pureModulesKnowNoKubernetes(String module) {
    noClasses()
        .that()
        .resideInAPackage("io.keyfront." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(HOUSE);
  }

  @ParameterizedTest
  @CsvSource({"core", "protocols", "crds", "compiler", "snapshot"})
  void pureModulesTouchNoNetworkFileThreadOrFramework(String module) {
    noClasses()
        .that()
        .resideInAPackage("io.keyfront." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "io.netty..",
            "io.lettuce..",
            "java.net.http..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.util.concurrent.locks..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage("io.keyfront." + module + "..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(HOUSE);
  }

  @Test
  void namesSayWhatTheThingIs() {
    classes()
        .that()
        .resideInAPackage("io.keyfront..")
        .should()
        .haveSimpleNameNotEndingWith("Util")
        .andShould()
        .haveSimpleNameNotEndingWith("Utils")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper")
        .andShould()
        .haveSimpleNameNotEndingWith("Manager")
        .andShould()
        .haveSimpleNameNotEndingWith("Impl")
        .check(HOUSE);
  }

  /** Its classes cannot be in the start cache; loading them takes a quarter of a start. */
  @Test
  void plainServeStartsWithoutPicocli() {
    noClasses()
        .that()
        .resideInAnyPackage("io.keyfront.cli.serve..", "io.keyfront.cli.home..")
        .or()
        .haveNameMatching(
            "io\\.keyfront\\.cli\\.(command\\.(PlainServe|ServeOption|ServeWords)|[A-Z].*)")
        .and()
        .doNotHaveSimpleName("CommandTree")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(HOUSE);
  }

  /**
   * A server without a cluster loads none of its classes, and no stage of a call can wait for it.
   */
  @Test
  void onlyOneRoomOfTheProxyTalksToKubernetes() {
    noClasses()
        .that()
        .resideInAnyPackage("io.keyfront.dataplane..", "io.keyfront.cli..", "io.keyfront.ledger..")
        .and()
        .resideOutsideOfPackage("io.keyfront.dataplane.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.keyfront.dataplane.cluster..")
        .and()
        .doNotHaveSimpleName("SnapshotFeed")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.keyfront.dataplane.cluster..")
        .check(HOUSE);
  }

  @Test
  void stagesOfTheRequestPathPointOneWay() {
    SlicesRuleDefinition.slices()
        .matching("io.keyfront.dataplane.(*)..")
        .should()
        .beFreeOfCycles()
        .check(HOUSE);
  }
}
