package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SseEventTest {
  @Test
  void eventsAreReadWithAnyLineEnd() {
    var events = SseEvent.parse("event: a\r\ndata: 1\r\n\r\n: note\ndata: 2\ndata: 3\n\n");

    assertThat(events).containsExactly(new SseEvent("a", "1"), new SseEvent("", "2\n3"));
  }

  @Test
  void eventThatNoBlankLineEndsIsNone() {
    assertThat(SseEvent.parse("data: 1\n\ndata: 2\n")).containsExactly(new SseEvent("", "1"));
  }
}
