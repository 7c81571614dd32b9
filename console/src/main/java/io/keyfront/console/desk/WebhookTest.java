package io.keyfront.console.desk;

import java.util.OptionalInt;

/**
 * What came of a test event.
 *
 * @param delivered whether the receiver has taken it
 * @param status of its answer; absent where there was none
 * @param told what happened, in words, without the URL
 */
public record WebhookTest(boolean delivered, OptionalInt status, String told) {}
