package io.keyfront.protocols.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.ScannedBody.StreamOptions;
import io.keyfront.protocols.body.ScannedBody.Text;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the fields that matter while one body passes. For one use. */
final class BodyFields {
  private static final String COUNT = "a whole number from 0 to " + Long.MAX_VALUE;

  private final JsonParser parser;
  private final Protocol protocol;
  private final OtherFields others;
  private final Set<BodyField> seen = EnumSet.noneOf(BodyField.class);
  private Optional<Text> model = Optional.empty();
  private Optional<StreamOptions> streamOptions = Optional.empty();
  private boolean stream;
  private boolean includeUsage;
  private long maxOutput = -1;

  BodyFields(JsonParser parser, Protocol protocol, OtherFields others) {
    this.parser = parser;
    this.protocol = protocol;
    this.others = others;
  }

  /** Reads the body to its end. */
  ScannedBody read() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw BodyScanner.notJson("nothing but blanks, which end", parser.currentLocation());
    }
    if (first != JsonToken.START_OBJECT) {
      throw BodyScanner.notJson("something else than one object", parser.currentTokenLocation());
    }
    int insertAt = tokenStart() + 1;
    boolean empty = true;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      empty = false;
      field(name);
    }
    if (parser.nextToken() != null) {
      throw BodyScanner.notJson("something behind the object", parser.currentTokenLocation());
    }
    if (model.isEmpty() && protocol != Protocol.GEMINI) {
      throw new Refused(RequestFault.fieldMissing(BodyField.MODEL.text()));
    }
    OptionalLong most = maxOutput < 0 ? OptionalLong.empty() : OptionalLong.of(maxOutput);
    return new ScannedBody(model, stream, most, streamOptions, includeUsage, insertAt, empty);
  }

  private void field(String name) throws IOException {
    BodyField field = BodyField.of(protocol, name);
    JsonToken value = parser.nextToken();
    if (field == null) {
      others.field(name, parser);
      return;
    }
    if (!field.isSpelt(name)) {
      throw new Refused(RequestFault.fieldWrong(name, "written '" + field.text() + "'"));
    }
    if (!seen.add(field)) {
      throw new Refused(RequestFault.fieldRepeated(field.text()));
    }
    switch (field) {
      case MODEL -> model = Optional.of(model(value));
      case STREAM -> stream = flag(value, field.text());
      case STREAM_OPTIONS -> streamOptions = Optional.of(streamOptions(value));
      case MAX_TOKENS, MAX_COMPLETION_TOKENS, MAX_OUTPUT_TOKENS -> count(value, name, field.text());
      case GENERATION_CONFIG -> generationConfig(value);
    }
  }

  private Text model(JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      throw new Refused(RequestFault.fieldWrong(BodyField.MODEL.text(), "a string"));
    }
    int start = tokenStart();
    String text = parser.getText();
    if (text.isEmpty() || text.length() > BodyScanner.MAX_MODEL_LENGTH || !isName(text)) {
      throw new Refused(
          RequestFault.fieldWrong(
              BodyField.MODEL.text(),
              "a name of 1 to "
                  + BodyScanner.MAX_MODEL_LENGTH
                  + " characters, none of them a control character or half a surrogate pair"));
    }
    return new Text(text, new Span(start, position()));
  }

  private static boolean isName(String text) {
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      int point = text.codePointAt(at);
      if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
        return false;
      }
    }
    return true;
  }

  private static boolean flag(JsonToken value, String name) {
    return switch (value) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw new Refused(RequestFault.fieldWrong(name, "true or false"));
    };
  }

  /**
   * The largest counts where a body has several: it bounds whichever of them the provider obeys.
   */
  private void count(JsonToken value, String field, String name) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      others.maximum(field, parser, -1);
      return;
    }
    boolean whole =
        value == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!whole || parser.getLongValue() < 0) {
      throw new Refused(RequestFault.fieldWrong(name, COUNT));
    }
    long tokens = parser.getLongValue();
    maxOutput = Math.max(maxOutput, tokens);
    others.maximum(field, parser, tokens);
  }

  private StreamOptions streamOptions(JsonToken value) throws IOException {
    int start = tokenStart();
    if (value == JsonToken.VALUE_NULL) {
      return new StreamOptions(new Span(start, position()), false, true, Optional.empty());
    }
    requireObject(value, BodyField.STREAM_OPTIONS.text());
    boolean empty = true;
    Optional<Span> found = Optional.empty();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      empty = false;
      JsonToken inner = parser.nextToken();
      if (name.equals("include_usage")) {
        String path = "stream_options.include_usage";
        if (found.isPresent()) {
          throw new Refused(RequestFault.fieldRepeated(path));
        }
        includeUsage = flag(inner, path);
        found = Optional.of(new Span(tokenStart(), position()));
      } else {
        parser.skipChildren();
      }
    }
    return new StreamOptions(new Span(start, position()), true, empty, found);
  }

  private void generationConfig(JsonToken value) throws IOException {
    others.generationConfig(parser);
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    requireObject(value, BodyField.GENERATION_CONFIG.text());
    boolean found = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken inner = parser.nextToken();
      if (name.equals("maxOutputTokens") || name.equals("max_output_tokens")) {
        String path = "generationConfig.maxOutputTokens";
        if (found) {
          throw new Refused(RequestFault.fieldRepeated(path));
        }
        found = true;
        count(inner, name, path);
      } else {
        others.generationField(name, parser);
      }
    }
  }

  private static void requireObject(@Nullable JsonToken value, String name) {
    if (value != JsonToken.START_OBJECT) {
      throw new Refused(RequestFault.fieldWrong(name, "an object"));
    }
  }

  private int tokenStart() {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  private int position() {
    return Math.toIntExact(parser.currentLocation().getByteOffset());
  }
}
