package io.keyfront.protocols.bound;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.OtherFields;
import io.keyfront.protocols.body.Span;
import io.keyfront.protocols.bound.OutputPlaces.Config;
import io.keyfront.protocols.bound.OutputPlaces.Limit;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what one body asks for while it passes. For one use. */
final class AskedReader implements OtherFields {
  private final Protocol protocol;
  private final byte[] body;
  private final Tally tally;
  private final Set<String> seen = new HashSet<>();
  private @Nullable Cursor made;

  AskedReader(Protocol protocol, byte[] body, Tally tally) {
    this.protocol = protocol;
    this.body = body;
    this.tally = tally;
  }

  @Override
  public void field(String name, JsonParser parser) throws IOException {
    String plain = protocol == Protocol.GEMINI ? Spelling.flat(name) : Spelling.plain(name);
    AskedField field = AskedField.of(protocol, plain);
    if (field == null) {
      parser.skipChildren();
      return;
    }
    if (protocol != Protocol.GEMINI && !name.equals(plain)) {
      throw new Refused(RequestFault.fieldWrong(name, "written '" + plain + "'"));
    }
    if (!seen.add(plain)) {
      throw new Refused(RequestFault.fieldRepeated(name));
    }
    read(field, name, cursor(parser));
  }

  private void read(AskedField field, String name, Cursor cursor) throws IOException {
    switch (field) {
      case CONTENT -> content(cursor);
      case TOOLS -> tools(cursor);
      case SERVERS -> new ToolReader(cursor, tally, protocol).serverTools();
      case SEARCH -> search(cursor);
      case REFERENCE -> tally.unbounded |= cursor.present();
      case EXTRAS -> extras(cursor);
      case CONTEXT_EDITS -> contextEdits(cursor);
      case THINKING -> cursor.fields(inner -> thinking(inner, cursor));
      case CHOICES -> choices(name, cursor);
      case TOOL_CALLS -> tally.toolCallLimit = cursor.count(name);
      case PREDICTION -> tally.prediction = cursor.present();
      case TIER -> tier(name, cursor);
      case SPEED -> speed(name, cursor);
      case BACKGROUND -> background(name, cursor);
      case AUDIO -> tally.media |= cursor.present();
      case MODALITIES -> modalities(cursor);
      case INPUTS -> inputs(cursor);
    }
  }

  private void content(Cursor cursor) throws IOException {
    if (protocol == Protocol.GEMINI) {
      new GeminiReader(cursor, tally).contents();
    } else {
      new PartReader(cursor, tally, protocol).parts();
    }
  }

  private void tools(Cursor cursor) throws IOException {
    if (cursor.at(JsonToken.VALUE_NULL)) {
      return;
    }
    if (protocol == Protocol.GEMINI) {
      new GeminiReader(cursor, tally).tools();
    } else {
      new ToolReader(cursor, tally, protocol).tools();
    }
  }

  private void search(Cursor cursor) throws IOException {
    if (cursor.present()) {
      tally.serverTool(Tally.DEFAULT_TOOL_USES, true);
    }
  }

  /** Google's own fields in its Chat Completions: {@code extra_body.google.cached_content}. */
  private void extras(Cursor cursor) throws IOException {
    cursor.fields(
        name -> {
          if (Spelling.flat(name).equals("cachedcontent")) {
            tally.unbounded |= cursor.present();
          } else {
            extras(cursor);
          }
        });
  }

  /** Clearing costs nothing; compaction and whatever is new reads the context once more. */
  private void contextEdits(Cursor cursor) throws IOException {
    cursor.elements(
        () ->
            cursor.fields(
                name -> {
                  if (name.equals("edits")) {
                    contextEdits(cursor);
                  } else if (name.equals("type") && !cursor.text().startsWith("clear_")) {
                    tally.serverTool(1, false);
                  } else {
                    cursor.skip();
                  }
                }));
  }

  private void thinking(String name, Cursor cursor) throws IOException {
    if (name.equals("budget_tokens")) {
      thinkingBudget("thinking.budget_tokens", cursor, cursor.count("thinking.budget_tokens"));
    } else {
      cursor.skip();
    }
  }

  private void thinkingBudget(String path, Cursor cursor, long tokens) {
    if (tally.thinkingBudget.isPresent()) {
      throw new Refused(RequestFault.fieldRepeated(path));
    }
    tally.thinkingBudget = Optional.of(new Limit(path, cursor.span(), tokens));
  }

  private void choices(String name, Cursor cursor) throws IOException {
    long choices = cursor.count(name);
    if (choices > Integer.MAX_VALUE) {
      throw new Refused(
          RequestFault.fieldWrong(name, "a whole number from 1 to " + Integer.MAX_VALUE));
    }
    tally.choices = Math.max(tally.choices, (int) choices);
  }

  private void tier(String name, Cursor cursor) throws IOException {
    String tier = string(name, cursor);
    if (!tier.isEmpty() && tally.tier.isEmpty()) {
      tally.tier = Optional.of(tier);
    }
  }

  /** Anthropic's fast mode has prices of its own, whatever the tier. */
  private void speed(String name, Cursor cursor) throws IOException {
    String speed = string(name, cursor);
    if (!speed.isEmpty() && !speed.equals("standard")) {
      tally.tier = Optional.of(speed);
    }
  }

  private static String string(String name, Cursor cursor) throws IOException {
    if (!cursor.at(JsonToken.VALUE_STRING) && !cursor.at(JsonToken.VALUE_NULL)) {
      throw new Refused(RequestFault.fieldWrong(name, "a string"));
    }
    return cursor.text();
  }

  private void background(String name, Cursor cursor) {
    tally.background = cursor.at(JsonToken.VALUE_TRUE);
    boolean no = cursor.at(JsonToken.VALUE_FALSE) || cursor.at(JsonToken.VALUE_NULL);
    if (!tally.background && !no) {
      throw new Refused(RequestFault.fieldWrong(name, "true or false"));
    }
  }

  private void modalities(Cursor cursor) throws IOException {
    cursor.elements(() -> tally.media |= !cursor.text().equalsIgnoreCase("text"));
  }

  private void inputs(Cursor cursor) throws IOException {
    if (!cursor.at(JsonToken.START_ARRAY)) {
      tally.unbounded |= cursor.at(JsonToken.START_OBJECT);
      cursor.skip();
      return;
    }
    tally.inputs = 0;
    cursor.elements(
        () -> {
          tally.inputs++;
          tally.unbounded |= cursor.at(JsonToken.START_OBJECT);
          cursor.skip();
        });
    tally.inputs = Math.max(1, tally.inputs);
  }

  @Override
  public void generationField(String name, JsonParser parser) throws IOException {
    Cursor cursor = cursor(parser);
    switch (Spelling.flat(name)) {
      case "candidatecount" -> choices("generationConfig.candidateCount", cursor);
      case "responsemodalities" -> modalities(cursor);
      case "thinkingconfig" -> cursor.fields(inner -> geminiThinking(inner, cursor));
      default -> cursor.skip();
    }
  }

  private void geminiThinking(String name, Cursor cursor) throws IOException {
    if (!Spelling.flat(name).equals("thinkingbudget")) {
      cursor.skip();
      return;
    }
    String path = "generationConfig.thinkingConfig.thinkingBudget";
    thinkingBudget(path, cursor, cursor.isDynamic() ? -1 : cursor.count(path));
  }

  @Override
  public void generationConfig(JsonParser parser) {
    Cursor cursor = cursor(parser);
    boolean object = cursor.at(JsonToken.START_OBJECT);
    Span first = cursor.span();
    tally.generationConfig = Optional.of(new Config(first, object, object && isEmpty(first.end())));
  }

  private boolean isEmpty(int at) {
    int next = at;
    while (next < body.length && body[next] <= ' ') {
      next++;
    }
    return next < body.length && body[next] == '}';
  }

  @Override
  public void maximum(String field, JsonParser parser, long tokens) {
    tally.maximum = Math.max(tally.maximum, tokens);
    tally.maximums.add(new Limit(field, cursor(parser).span(), tokens));
  }

  private Cursor cursor(JsonParser parser) {
    Cursor cursor = made == null ? new Cursor(parser, body) : made;
    made = cursor;
    return cursor;
  }
}
