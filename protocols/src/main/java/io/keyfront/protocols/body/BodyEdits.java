package io.keyfront.protocols.body;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.keyfront.protocols.body.ScannedBody.StreamOptions;
import io.keyfront.protocols.body.ScannedBody.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The documented edits of a passed-through body, as splices: every other byte stays as it was. */
public final class BodyEdits {
  private static final String INCLUDE_USAGE = "\"include_usage\":true";

  private BodyEdits() {}

  /**
   * Renames the model.
   *
   * @param scanned of exactly this body, with a model
   * @throws IllegalArgumentException when the body has no model to rename
   */
  public static byte[] renameModel(byte[] body, ScannedBody scanned, String model) {
    return spliced(body, List.of(rename(scanned, model)));
  }

  /**
   * Sets {@code stream_options.include_usage} to true, and renames the model when one is given.
   *
   * @param model empty string to leave it
   * @return the same array when nothing has to change
   */
  public static byte[] includeUsage(byte[] body, ScannedBody scanned, String model) {
    List<Splice> splices = new ArrayList<>(2);
    if (!model.isEmpty()) {
      splices.add(rename(scanned, model));
    }
    usage(scanned).ifPresent(splices::add);
    return spliced(body, splices);
  }

  /**
   * The splice that renames the model.
   *
   * @param scanned of exactly this body, with a model
   * @throws IllegalArgumentException when the body has no model to rename
   */
  public static Splice rename(ScannedBody scanned, String model) {
    Text old =
        scanned
            .model()
            .orElseThrow(() -> new IllegalArgumentException("This body has no model to rename."));
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(model));
    return new Splice(old.span(), '"' + quoted + '"');
  }

  /**
   * The splice that sets {@code stream_options.include_usage} to true; empty where it is already.
   */
  public static Optional<Splice> usage(ScannedBody scanned) {
    if (scanned.includeUsage()) {
      return Optional.empty();
    }
    if (scanned.streamOptions().isEmpty()) {
      String field = "\"stream_options\":{" + INCLUDE_USAGE + "}";
      return Optional.of(Splice.insert(scanned.insertAt(), field, scanned.empty()));
    }
    StreamOptions options = scanned.streamOptions().get();
    if (!options.object()) {
      return Optional.of(new Splice(options.value(), "{" + INCLUDE_USAGE + "}"));
    }
    return Optional.of(
        options
            .includeUsage()
            .map(span -> new Splice(span, "true"))
            .orElseGet(() -> Splice.insert(options.insertAt(), INCLUDE_USAGE, options.empty())));
  }

  /**
   * Applies splices of one body, all at once, as each names a place in the body as it was.
   *
   * @param given in any order; several insertions at one place come out in this order
   * @return the same array when there is none
   */
  public static byte[] spliced(byte[] body, List<Splice> given) {
    if (given.isEmpty()) {
      return body;
    }
    List<Splice> splices = new ArrayList<>(given);
    splices.sort(Comparator.comparingInt(splice -> splice.span().start()));
    return inOrder(body, splices);
  }

  private static byte[] inOrder(byte[] body, List<Splice> splices) {
    byte[][] texts = new byte[splices.size()][];
    int length = body.length;
    for (int i = 0; i < texts.length; i++) {
      Splice splice = splices.get(i);
      texts[i] = splice.text().getBytes(StandardCharsets.UTF_8);
      length += texts[i].length - splice.span().length();
    }
    byte[] result = new byte[length];
    int from = 0;
    int to = 0;
    for (int i = 0; i < texts.length; i++) {
      Span span = splices.get(i).span();
      System.arraycopy(body, from, result, to, span.start() - from);
      to += span.start() - from;
      System.arraycopy(texts[i], 0, result, to, texts[i].length);
      to += texts[i].length;
      from = span.end();
    }
    System.arraycopy(body, from, result, to, body.length - from);
    return result;
  }
}
