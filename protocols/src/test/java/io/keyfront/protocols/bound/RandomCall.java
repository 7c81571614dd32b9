package io.keyfront.protocols.bound;

import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.RandomJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;

/** Writes random calls of each protocol, and remembers what they ask for. */
final class RandomCall {
  /** Begins the data of every image. */
  static final String IMAGE = "iVBORw0K";

  private static final String[] TEXTS = {
    "a",
    "word ",
    "\ufdfa",
    "\ufdfb",
    "\u00e9\u0323",
    "e\u0301\u0323",
    "\u1ebf\u0331",
    "\uac00\u11a8",
    "\u1100\u1161\u11a8",
    "\u304c\u3099",
    "\u304b\u3099",
    "\uff76\uff9e",
    "\u0390",
    "\u1f82\u0345",
    "\u0344",
    "\u0958",
    "\ufb2c",
    "\u00bd",
    "\u2026",
    "\u3300",
    "\ud834\udd5f",
    "\ud834\udd60\u0323",
    "\ud83d\ude00",
    "\u6f22",
    "\u017f",
    "{'type':'document','file_id':'f'}",
    "document",
  };

  private static final String DECOY =
      "{'type':'document','file_id':'f','image_url':'https://x','source':{'type':'url'},"
          + "'fileData':{},'max_uses':99,'tools':[{'type':'web_search'}],'n':99,'max_tokens':99}";

  private final Random random;
  private final RandomJson json;
  private final Protocol protocol;
  final byte[] body;
  boolean hidden;
  long uses;
  long choices = 1;
  long maximum = -1;

  RandomCall(Protocol protocol, Random random) {
    this.random = random;
    this.json = new RandomJson(random);
    this.protocol = protocol;
    this.body = json.object(fields()).getBytes(StandardCharsets.UTF_8);
  }

  private List<String[]> fields() {
    List<String[]> fields = new ArrayList<>();
    switch (protocol) {
      case ANTHROPIC_MESSAGES -> messages(fields);
      case OPENAI_CHAT -> chat(fields);
      case OPENAI_RESPONSES -> responses(fields);
      case OPENAI_EMBEDDINGS -> embeddings(fields);
      case GEMINI -> gemini(fields);
    }
    return fields;
  }

  private void messages(List<String[]> fields) {
    add(fields, "model", "'m'");
    add(fields, "system", text());
    add(
        fields,
        "messages",
        list(
            "{'role':'user','content':%s}"
                .formatted(
                    parts(
                        "{'type':'text','text':%T}",
                        "{'text':%T,'cache_control':{'type':'ephemeral'},'type':'text'}",
                        "{'type':'image','source':{'type':'base64','media_type':'image/png','data':%I}}",
                        "{'source':{'data':%I,'type':'base64'},'type':'image'}",
                        "{'type':'tool_use','name':'n','input':%D}",
                        "{'type':'tool_result','content':[{'type':'text','text':%T},{'type':'image','source':{'type':'base64','data':%I}}]}",
                        "{'type':'thinking','thinking':%T,'signature':'AA'}",
                        "!{'type':'document','source':{'type':'base64','data':'AA'}}",
                        "!{'type':'image','source':{'type':'url','url':%T}}",
                        "!{'type':'document','type':'text','text':%T}",
                        "!{'content':[{'file_id':%T,'type':'image'}],'type':'tool_result'}"))));
    tools(
        fields,
        "{'name':'n','description':%T,'input_schema':%D}",
        "3{'type':'web_search_20250305','name':'w','max_uses':3}",
        "a{'type':'web_fetch_20250910','name':'w'}");
    if (random.nextInt(3) == 0) {
      add(fields, "thinking", "{'type':'enabled','budget_tokens':" + count() + "}");
    }
    maximum(fields, "max_tokens");
  }

  private void chat(List<String[]> fields) {
    add(fields, "model", "'m'");
    add(
        fields,
        "messages",
        list(
            "{'role':'user','content':%s}"
                .formatted(
                    parts(
                        "{'type':'text','text':%T}",
                        "{'type':'image_url','image_url':{'url':%U,'detail':'high'}}",
                        "!{'type':'image_url','image_url':{'url':%T}}",
                        "!{'type':'input_audio','input_audio':{'data':'AA'}}",
                        "!{'file':{'file_id':'f'},'type':'file'}")),
            "{'role':'assistant','content':null,'tool_calls':[%s]}".formatted(filled("%D"))));
    tools(
        fields,
        "{'type':'function','function':{'name':'n','description':%T,'parameters':%D}}",
        "a{'type':'web_search'}");
    if (random.nextBoolean()) {
      choices = random.nextInt(1, 5);
      add(fields, "n", Long.toString(choices));
    }
    maximum(fields, random.nextBoolean() ? "max_tokens" : "max_completion_tokens");
  }

  private void responses(List<String[]> fields) {
    add(fields, "model", "'m'");
    add(fields, "instructions", text());
    add(
        fields,
        "input",
        list(
            "{'type':'message','role':'user','content':%s}"
                .formatted(
                    parts(
                        "{'type':'input_text','text':%T}",
                        "{'type':'input_image','image_url':%U}",
                        "!{'type':'input_file','file_url':%T}",
                        "!{'image_url':%T,'type':'input_image'}")),
            "{'type':'function_call','name':'n','arguments':%s}".formatted(text())));
    tools(fields, "{'type':'function','name':'n','parameters':%D}", "a{'type':'mcp'}");
    if (random.nextInt(5) == 0) {
      hidden = true;
      add(fields, "previous_response_id", "'resp_1'");
    }
    maximum(fields, "max_output_tokens");
  }

  private void embeddings(List<String[]> fields) {
    add(fields, "model", "'m'");
    add(fields, "input", random.nextBoolean() ? text() : list(text(), text(), "[1,2,3]"));
  }

  private void gemini(List<String[]> fields) {
    add(
        fields,
        "contents",
        list(
            "{'role':'user','parts':%s}"
                .formatted(
                    parts(
                        "{'text':%T}",
                        "{'inlineData':{'mimeType':'image/png','data':%I}}",
                        "{'inline_data':{'data':%I,'mime_type':'image/png'}}",
                        "{'functionCall':{'name':'n','args':%D}}",
                        "{'functionResponse':{'name':'n','response':%D}}",
                        "!{'fileData':{'fileUri':%T}}",
                        "!{'inlineData':{'mimeType':'application/pdf','data':'AA'}}",
                        "!{'text':%T,'video':{}}"))));
    tools(
        fields, "{'functionDeclarations':[{'name':'n','parameters':%D}]}", "a{'googleSearch':{}}");
    List<String[]> config = new ArrayList<>();
    if (random.nextBoolean()) {
      choices = random.nextInt(1, 5);
      add(config, random.nextBoolean() ? "candidateCount" : "candidate_count", choices + "");
    }
    if (random.nextBoolean()) {
      add(
          config,
          "thinkingConfig",
          "{'thinkingBudget':" + (random.nextInt(4) == 0 ? -1 : count()) + "}");
    }
    maximum(config, "maxOutputTokens");
    if (!config.isEmpty()) {
      fields.add(new String[] {"\"generationConfig\"", json.object(config).strip()});
    }
  }

  private void maximum(List<String[]> fields, String name) {
    if (random.nextInt(4) > 0) {
      maximum = count();
      add(fields, name, Long.toString(maximum));
    }
  }

  private long count() {
    return random.nextInt(8_000);
  }

  /** Tools; a digit before one is the uses of a server-side tool, an a its default. */
  private void tools(List<String[]> fields, String... kinds) {
    List<String> tools = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String kind = kinds[random.nextInt(4) == 0 ? random.nextInt(kinds.length) : 0];
      char mark = kind.charAt(0);
      uses += mark == 'a' ? Tally.DEFAULT_TOOL_USES : mark == '{' ? 0 : mark - '0';
      tools.add(filled(mark == '{' ? kind : kind.substring(1)));
    }
    add(fields, "tools", "[" + String.join(",", tools) + "]");
  }

  /** Some of these; one with a mark of exclamation hides its size. */
  private String parts(String... kinds) {
    boolean open = random.nextBoolean();
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String kind = kinds[random.nextInt(kinds.length)];
      boolean hides = kind.startsWith("!");
      if (open || !hides) {
        hidden |= hides;
        parts.add(filled(hides ? kind.substring(1) : kind));
      }
    }
    return "[" + String.join(",", parts) + "]";
  }

  private static String list(String... elements) {
    return "[" + String.join(",", elements) + "]";
  }

  private String filled(String template) {
    String filled = template;
    while (filled.contains("%T")) {
      filled = filled.replaceFirst("%T", Matcher.quoteReplacement(text()));
    }
    String data = IMAGE + "A".repeat(random.nextInt(3_000));
    return filled
        .replace("%I", "'" + data + "'")
        .replace("%U", "'data:image/png;base64," + data + "'")
        .replace("%D", DECOY);
  }

  private void add(List<String[]> fields, String name, String value) {
    fields.add(new String[] {json.name(name), value.replace('\'', '"')});
  }

  /** A string of odd characters, some of them escaped. */
  private String text() {
    StringBuilder text = new StringBuilder("'");
    for (int i = random.nextInt(8); i > 0; i--) {
      boolean escaping = random.nextInt(4) == 0;
      for (char c : TEXTS[random.nextInt(TEXTS.length)].toCharArray()) {
        String quoted = c == '\'' ? "\\u0022" : String.valueOf(c);
        text.append(escaping && c != '\'' ? "\\u%04x".formatted((int) c) : quoted);
      }
    }
    return text.append("'").toString();
  }
}
