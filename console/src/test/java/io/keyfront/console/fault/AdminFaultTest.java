package io.keyfront.console.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.console.desk.TokenName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdminFaultTest {
  private static final TokenName TOKEN = TokenName.parse("agent");
  private static final List<AdminFault> ALL =
      List.of(
          new CallFault.Unauthenticated(),
          new CallFault.NotAdmin(),
          new CallFault.UnknownRoute(),
          new CallFault.UnknownWebhook(),
          new CallFault.WrongMethod("GET"),
          new CallFault.BodyTooSlow(10),
          new CallFault.BodyTooLarge(65536),
          new CallFault.NotLabelledJson(),
          new CallFault.NotJson("it is empty"),
          new CallFault.NotStored("the disk is full"),
          new CallFault.Internal("id"),
          new TokenFault.UnknownToken(TOKEN),
          new TokenFault.NameTaken(TOKEN),
          new TokenFault.ManagedByFile(TOKEN, "a.yaml:1", "edit it"),
          new TokenFault.ManagedByKeyfront(TOKEN),
          new TokenFault.RevokedForGood(TOKEN),
          new TokenFault.NotKept(TOKEN, "Clone it."),
          new TokenFault.TooMany(1),
          new LedgerFault.Away(),
          new FieldFault.Invalid("name", "Give the token a name."),
          new FieldFault.Unknown("nam", "name"),
          new FieldFault.Unsupported("budget"));

  @Test
  void everyFaultIsListedHere() {
    List<String> listed = ALL.stream().map(fault -> fault.getClass().getName()).toList();

    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(AdminFault.class.getPermittedSubclasses())
                .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                .map(Class::getName)
                .toList());
  }

  @Test
  void everyFaultIsInTheManualWithItsStatus() throws IOException {
    String manual = Files.readString(Path.of("..", "docs", "admin-api.md"));

    for (AdminFault fault : ALL) {
      assertThat(manual).contains("| %d | `%s` |".formatted(fault.status(), fault.code()));
    }
  }

  @Test
  void everyMessageIsASentence() {
    for (AdminFault fault : ALL) {
      assertThat(fault.message()).endsWith(fault instanceof CallFault.NotStored ? "full" : ".");
      assertThat(fault.message()).matches("(?s)[A-Z'].*");
    }
  }
}
