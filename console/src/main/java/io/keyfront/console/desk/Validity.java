package io.keyfront.console.desk;

import java.time.Duration;
import java.time.Instant;

/**
 * A token's limited life.
 *
 * @param expiresAt from then on it is refused
 * @param length how long it was meant to live; a copy lives as long, from its own beginning
 */
public record Validity(Instant expiresAt, Duration length) {}
