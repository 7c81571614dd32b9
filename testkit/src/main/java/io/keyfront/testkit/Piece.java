package io.keyfront.testkit;

/**
 * Bytes written at once.
 *
 * @param outputTokens owed for them
 */
record Piece(byte[] bytes, long outputTokens) {}
