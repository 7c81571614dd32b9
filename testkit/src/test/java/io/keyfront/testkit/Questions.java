package io.keyfront.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.testkit.speech.Json;
import io.keyfront.testkit.speech.Question;
import java.util.Map;

/** Requests of every dialect, in few words; a quote is written {@code '}. */
final class Questions {
  private static final String SCHEMA =
      "{'type':'object','required':['path','lines'],'properties':"
          + "{'path':{'type':'string'},'lines':{'type':'integer'}}}";

  static final String ANTHROPIC_TOOL =
      "'tools':[{'name':'read_file','input_schema':" + SCHEMA + "}]";
  static final String CHAT_TOOL =
      "'tools':[{'type':'function','function':{'name':'read_file','parameters':" + SCHEMA + "}}]";
  static final String RESPONSES_TOOL =
      "'tools':[{'type':'function','name':'read_file','parameters':" + SCHEMA + "}]";
  static final String GEMINI_TOOL =
      "'tools':[{'functionDeclarations':[{'name':'read_file','parameters':" + SCHEMA + "}]}]";

  private Questions() {}

  /** A Messages or Chat body; more members begin with a comma. */
  static String messages(String prompt, String more) {
    return "{'model':'fake-model','messages':[{'role':'user','content':'"
        + prompt
        + "'}]"
        + more
        + "}";
  }

  /** A Responses body. */
  static String input(String prompt, String more) {
    return "{'model':'fake-model','input':'" + prompt + "'" + more + "}";
  }

  /** A Gemini body. */
  static String contents(String prompt, String more) {
    return "{'contents':[{'role':'user','parts':[{'text':'" + prompt + "'}]}]" + more + "}";
  }

  /** A POST with a key where every dialect finds it. */
  static Question post(String target, String body) {
    int query = target.indexOf('?');
    return new Question(
        "POST",
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        Map.of("authorization", "Bearer sk-fake-1"),
        Json.read(body.replace('\'', '"').getBytes(UTF_8)));
  }
}
