package io.keyfront.dataplane.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/serve.md says of call records is what they hold. */
class RecordsPageTest {
  private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9]+)`");

  /** The first column of the table below the heading. */
  private static List<String> documented() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "serve.md"));
    String section = page.substring(page.indexOf("\n## Call records\n"));
    List<String> names = new ArrayList<>();
    for (String row : section.substring(0, section.indexOf("\n## ", 1)).split("\n", -1)) {
      if (row.startsWith("| `")) {
        Matcher name = NAME.matcher(row.substring(0, row.indexOf(" | ")));
        while (name.find()) {
          names.add(name.group(1));
        }
      }
    }
    return names;
  }

  @Test
  void everyFieldOfARecordIsDocumentedAndNoOther() throws IOException {
    StringBuilder line = new StringBuilder();
    new CallRecordJson().append(SomeRecords.full(), line);

    List<String> written = new ArrayList<>();
    new ObjectMapper().readTree(line.toString()).fieldNames().forEachRemaining(written::add);

    assertThat(documented()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
  }
}
