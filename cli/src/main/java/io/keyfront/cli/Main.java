package io.keyfront.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Where the {@code keyfront} program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Surroundings around =
        new Surroundings(
            System.getenv(),
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            Clock.systemUTC(),
            Boolean.getBoolean("keyfront.terminal"));
    System.exit(Keyfront.run(around, arguments));
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    OutputStream stream = new FileOutputStream(descriptor);
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
