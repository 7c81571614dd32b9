package io.keyfront.protocols.bound;

import io.keyfront.protocols.body.ScannedBody;

/**
 * What the scan of a whole request body found, with what it asks for.
 *
 * @param places where the maximum output can be lowered
 */
public record MeasuredBody(ScannedBody scanned, AskedFor asked, OutputPlaces places) {}
