package io.keyfront.dataplane.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.testkit.SseEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Request bodies and answers in few words; in a body a quote is written {@code '}. */
final class Bodies {
  private static final String SCHEMA =
      "{'type':'object','required':['path','lines'],'properties':"
          + "{'path':{'type':'string'},'lines':{'type':'integer'},'deep':{'type':'boolean'}}}";

  static final String ANTHROPIC_TOOLS =
      "'tools':[{'type':'web_search_20250305','name':'web_search'},"
          + "{'name':'read_file','input_schema':"
          + SCHEMA
          + "},{'name':'b','input_schema':{}}]";
  static final String CHAT_TOOLS =
      "'tools':[{'type':'function','function':{'name':'read_file','parameters':" + SCHEMA + "}}]";
  static final String RESPONSES_TOOLS =
      "'tools':[{'type':'web_search'},"
          + "{'type':'function','name':'read_file','parameters':"
          + SCHEMA
          + "}]";
  static final String GEMINI_TOOLS =
      "'tools':[{'googleSearch':{}},"
          + "{'functionDeclarations':[{'name':'read_file','parameters':"
          + SCHEMA
          + "}]}]";

  private Bodies() {}

  /** A body for any protocol with one message of the user; more members begin with a comma. */
  static String asking(Protocol protocol, String text, String more) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES, OPENAI_CHAT ->
          "{'messages':[{'role':'user','content':'" + text + "'}]" + more + "}";
      case OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> "{'input':'" + text + "'" + more + "}";
      case GEMINI -> "{'contents':[{'role':'user','parts':[{'text':'" + text + "'}]}]" + more + "}";
    };
  }

  static String tools(Protocol protocol) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> ANTHROPIC_TOOLS;
      case OPENAI_CHAT -> CHAT_TOOLS;
      case OPENAI_RESPONSES -> RESPONSES_TOOLS;
      case GEMINI -> GEMINI_TOOLS;
      case OPENAI_EMBEDDINGS -> "'none':0";
    };
  }

  static MockAnswer whole(Protocol protocol, String model, String body) {
    return answer(protocol, Operation.GENERATE, model, false, body);
  }

  static MockAnswer stream(Protocol protocol, String model, String body) {
    return answer(protocol, Operation.GENERATE, model, true, body);
  }

  static MockAnswer answer(
      Protocol protocol, Operation operation, String model, boolean stream, String body) {
    return MockAnswers.answer(
        protocol, operation, model, stream, true, body.replace('\'', '"').getBytes(UTF_8));
  }

  static String text(MockAnswer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer.pieces().forEach(piece -> bytes.writeBytes(piece.bytes()));
    return bytes.toString(UTF_8);
  }

  static JsonNode json(MockAnswer answer) {
    return Json.read(text(answer).getBytes(UTF_8));
  }

  static List<SseEvent> events(MockAnswer answer) {
    return SseEvent.parse(text(answer));
  }

  static long delay(MockAnswer answer) {
    return answer.pieces().stream().mapToLong(MockAnswer.Piece::delayMillis).sum();
  }
}
