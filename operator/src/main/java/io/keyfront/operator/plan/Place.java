package io.keyfront.operator.plan;

import io.keyfront.snapshot.PartName;

/**
 * Where in the snapshot an object is, as it is now.
 *
 * @param sequence of the first publication of the part that holds it so
 * @param publishedAt nanoseconds of the operator's clock; when it was written, or found written
 */
public record Place(PartName part, long sequence, long publishedAt) {}
