package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One model call as the provider understood it.
 *
 * @param call number of the call, 1 and up; makes the ids of the answer
 * @param model as the client named it
 * @param stream whether the answer is to be streamed
 * @param sse for Gemini, whether {@code alt=sse} was asked
 */
public record Ask(long call, String model, boolean stream, boolean sse, JsonNode body) {

  /** An id such as {@code msg_01…}, 24 letters and digits after the prefix. */
  public String id(String prefix) {
    return prefix + "01" + String.format("%022d", call);
  }
}
