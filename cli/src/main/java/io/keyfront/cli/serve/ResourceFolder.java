package io.keyfront.cli.serve;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.compiler.finding.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder of resource files: every {@code *.yaml} and {@code *.yml} under it, hidden files and
 * folders left out, symbolic links followed, as Kubernetes mounts them.
 */
public final class ResourceFolder {
  /** The most files that are read. */
  public static final int MAX_FILES = 2_000;

  /** The largest file, in bytes. */
  public static final long MAX_FILE_BYTES = 4L << 20;

  /** The sum of all files, in bytes. */
  public static final long MAX_BYTES = 64L << 20;

  private static final int MAX_DEPTH = 16;

  private final Path folder;

  public ResourceFolder(Path folder) {
    this.folder = folder;
  }

  public Path path() {
    return folder;
  }

  /**
   * The files there are, without reading them.
   *
   * @throws IOException when the folder cannot be listed
   */
  Map<String, FileStamp> list() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Map<String, FileStamp> stamps = new TreeMap<>();
    Files.walkFileTree(
        folder, Set.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, new Lister(folder, stamps));
    return stamps;
  }

  /**
   * Reads every file; one that cannot be read is a finding, and the others go on.
   *
   * @throws IOException when the folder cannot be listed
   */
  public FolderContents read() throws IOException {
    return read(list());
  }

  FolderContents read(Map<String, FileStamp> listed) {
    List<ResourceFile> files = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    long room = MAX_BYTES;
    for (String name : listed.keySet()) {
      if (files.size() == MAX_FILES) {
        findings.add(
            finding(name, "is one file too many", "keep at most " + MAX_FILES + " in the folder"));
        break;
      }
      try {
        ResourceFile file = new ResourceFile(name, text(name, Math.min(room, MAX_FILE_BYTES)));
        room -= file.text().length();
        files.add(file);
      } catch (UnreadableFile unreadable) {
        findings.add(finding(name, unreadable.problem, unreadable.fix));
      }
    }
    return new FolderContents(files, findings);
  }

  private String text(String name, long room) throws UnreadableFile {
    try (var stream = Files.newInputStream(folder.resolve(name))) {
      byte[] bytes = stream.readNBytes(Math.toIntExact(room) + 1);
      if (bytes.length > room) {
        throw new UnreadableFile(
            "is too large",
            "split it: a file has at most 4 MiB, and all of them together at most 64 MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new UnreadableFile("is not UTF-8 text", "save it as UTF-8");
    } catch (IOException | UncheckedIOException unreadable) {
      throw new UnreadableFile(
          "cannot be read (" + unreadable.getClass().getSimpleName() + ")",
          "let the user that runs Keyfront read it");
    }
  }

  static Finding finding(String file, String problem, String fix) {
    return new Finding(
        Severity.ERROR,
        Reason.INVALID,
        Optional.of(new Source(file, 1)),
        Optional.empty(),
        "",
        problem,
        fix);
  }

  /** Why a file is left out. */
  private static final class UnreadableFile extends Exception {
    private final String problem;
    private final String fix;

    UnreadableFile(String problem, String fix) {
      super(problem, null, false, false);
      this.problem = problem;
      this.fix = fix;
    }
  }

  /** Collects the resource files of a folder. */
  private static final class Lister extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Map<String, FileStamp> stamps;

    Lister(Path root, Map<String, FileStamp> stamps) {
      this.root = root;
      this.stamps = stamps;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = !folder.equals(root) && isHidden(folder);
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      if (!isHidden(file) && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
        String relative = root.relativize(file).toString().replace('\\', '/');
        stamps.put(relative, FileStamp.of(attributes));
      }
      return stamps.size() > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      // Gone since it was listed, or a loop of links: nothing to read there.
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
