package io.keyfront.ledger.mark;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks in a file of the home folder: appended, forced to the disk many at a time, and rewritten
 * when most of it is of the past. A record that is not whole ends the file: who waited for it was
 * not told that it is durable.
 */
public final class MarkFile extends WrittenMarks {
  private static final System.Logger LOG = System.getLogger(MarkFile.class.getName());

  private final MarkLog log;

  /** What the file says was seen, by its sites. */
  private final Map<String, Sighting> written = new HashMap<>();

  private MarkFile(MarkLog log) {
    this.log = log;
  }

  /**
   * Opens the file {@code marks} of a folder, and makes both where they are missing. One process at
   * a time.
   *
   * @throws MarksUnusable when the file is of another format
   * @throws IOException when it cannot be read or written
   */
  public static MarkFile open(Path folder) throws IOException {
    MarkFile marks = new MarkFile(MarkLog.in(folder));
    Map<AccountId, Mark> known = new HashMap<>();
    marks.log.read(
        record -> {
          switch (record) {
            case MarkRecord.Marked(AccountId account, Mark mark) -> known.put(account, mark);
            case MarkRecord.Seen(Sighting sighting) -> marks.written.put(sighting.site(), sighting);
          }
        });
    marks.begin(known, marks.written.values());
    return marks;
  }

  @Override
  protected Map<AccountId, Mark> write(Map<AccountId, Mark> raised, @Nullable Sighting seen)
      throws IOException {
    List<MarkRecord> records = new ArrayList<>();
    raised.forEach((account, mark) -> records.add(new MarkRecord.Marked(account, mark)));
    List<Sighting> fresh =
        sightings().stream().filter(each -> !each.equals(written.get(each.site()))).toList();
    fresh.forEach(each -> records.add(new MarkRecord.Seen(each)));
    if (!records.isEmpty()) {
      log.append(records);
      fresh.forEach(each -> written.put(each.site(), each));
    }
    if (log.isMostlyPast()) {
      rewrite(raised);
    }
    return raised;
  }

  private void rewrite(Map<AccountId, Mark> raised) {
    Map<AccountId, Mark> whole = new HashMap<>(durable());
    whole.putAll(raised);
    List<MarkRecord> records = new ArrayList<>();
    whole.forEach((account, mark) -> records.add(new MarkRecord.Marked(account, mark)));
    written.values().forEach(each -> records.add(new MarkRecord.Seen(each)));
    try {
      log.rewrite(records);
    } catch (IOException grows) {
      LOG.log(Level.WARNING, "The marks in " + log.folder() + " cannot be compacted.", grows);
    }
  }

  @Override
  protected String place() {
    return "the marks in " + log.folder();
  }

  @Override
  protected void ended() {
    log.close();
  }
}
