package io.keyfront.e2e.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Redis had lost, and was told again, as the proxies' logs say it.
 *
 * @param millis how much older what was found was than what had been acknowledged, each time that a
 *     proxy found it so, in order
 * @param calls under way that were told again
 * @param settlements that were told again
 * @param seeded accounts that were charged up to their marks, each time
 */
record Losses(List<Long> millis, long calls, long settlements, long seeded) {
  private static final Pattern OLDER = Pattern.compile("what it has is ([0-9]+) ms older");
  private static final Pattern TOLD =
      Pattern.compile(
          "([0-9]+) calls under way and ([0-9]+) settlements; ([0-9]+) accounts were charged");

  Losses {
    millis = millis.stream().sorted().toList();
  }

  /** Of all logs of proxies in a folder. */
  static Losses read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return of(
          files
              .filter(file -> file.getFileName().toString().matches("proxy-[0-9]+\\.log"))
              .flatMap(Losses::lines));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<String> lines(Path log) {
    try {
      return Files.readString(log).lines();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Losses of(Stream<String> lines) {
    List<Long> millis = new ArrayList<>();
    long[] told = new long[3];
    lines.forEach(
        line -> {
          Matcher older = OLDER.matcher(line);
          if (older.find()) {
            millis.add(Long.parseLong(older.group(1)));
          }
          Matcher again = TOLD.matcher(line);
          if (again.find()) {
            for (int i = 0; i < told.length; i++) {
              told[i] += Long.parseLong(again.group(i + 1));
            }
          }
        });
    return new Losses(millis, told[0], told[1], told[2]);
  }

  /** For people. */
  String text() {
    String older =
        millis.isEmpty()
            ? "nothing that proxies knew of"
            : "%d times something, %d ms of it in the middle and %d ms at most"
                .formatted(millis.size(), millis.get(millis.size() / 2), millis.getLast());
    return "Redis had lost %s; it was told %d calls under way and %d settlements again, and %d times an account was charged up to its mark"
        .formatted(older, calls, settlements, seeded);
  }
}
