package io.keyfront.snapshot;

/**
 * A part as a source publishes it; nobody has read it yet.
 *
 * @param sequence of the publication
 * @param bytes as {@link PartCodec} writes them
 */
public record Publication(PartName name, long sequence, byte[] bytes) {}
