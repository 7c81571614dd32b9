package io.keyfront.testkit;

import io.vertx.core.buffer.Buffer;

/**
 * Bytes written at once.
 *
 * @param outputTokens owed for them
 */
record Piece(Buffer bytes, long outputTokens) {}
