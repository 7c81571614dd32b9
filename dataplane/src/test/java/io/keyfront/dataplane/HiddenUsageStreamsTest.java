package io.keyfront.dataplane;

/** Streams out of which one chunk is cut. */
class HiddenUsageStreamsTest extends ManyStreamsTest {
  @Override
  String path() {
    return Agent.CHAT;
  }

  @Override
  String body(String prompt) {
    return Agent.chat(prompt, true);
  }

  /** Asked for usage as the proxy does, and without the chunk that has nothing else. */
  @Override
  String asTheProviderSays(String prompt) {
    String asking =
        body(prompt)
            .replace(
                "\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    return withoutIds(direct(asking)).replaceAll("data: [^\n]*\"choices\":\\[\\][^\n]*\n\n", "");
  }

  private String direct(String body) {
    return Agent.post(provider.uri().resolve("/v1/chat/completions"), body).body();
  }

  /** The rest of all of them comes in one rush. */
  @Override
  String fault() {
    return "holdAfterEvents=3";
  }

  @Override
  int mostConnections() {
    return STREAMS;
  }
}
