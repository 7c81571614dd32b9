package io.keyfront.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/errors.md promises of codes is what faults have. */
class ErrorsPageTest {
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  /** A code with its status and the word for its retry, as a row of the table has them. */
  private record Promise(String code, String status, String retry) {}

  private static List<Promise> documented() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "errors.md"));
    List<Promise> promises = new ArrayList<>();
    String table = page.substring(page.indexOf("| code | status |"));
    for (String row : table.substring(0, table.indexOf("\n\n")).split("\n", -1)) {
      String[] cells = row.split(" \\| ", -1);
      Matcher code = CODE.matcher(cells[0]);
      while (code.find()) {
        promises.add(new Promise(code.group(1), cells[1], cells[2]));
      }
    }
    return promises;
  }

  private static Promise kept(FaultSamples.Sample sample) {
    String retry =
        switch (sample.retry()) {
          case Retry.Never never -> "no";
          case Retry.After after -> "yes";
          case Retry.Unsaid unsaid -> "client's rules";
        };
    return new Promise(sample.code(), Integer.toString(sample.status()), retry);
  }

  @Test
  void everyCodeIsOnThePageOnceWithItsStatusAndItsRetry() throws IOException {
    List<Promise> kept = FaultSamples.ALL.stream().map(ErrorsPageTest::kept).distinct().toList();

    assertThat(documented()).containsExactlyInAnyOrderElementsOf(kept);
  }
}
