package io.keyfront.protocols.bound;

/**
 * What a body carries for the model to read.
 *
 * @param bytes of the whole raw body
 * @param expansion bytes that compatibility normalisation (NFKC) and repeated tool references may
 *     add to its text
 * @param imageBytes the part of {@code bytes} that is base64 of inline images, and never text
 * @param images inline images
 * @param tools tools described in the body itself
 * @param builtInTools tools that the caller runs and the provider describes: their text is not here
 * @param inputs texts to embed, each with a window of its own; 1 for every other protocol
 * @param unbounded whether it names or holds something whose size in tokens it does not show:
 *     documents, audio, video, files, addresses, earlier conversations, anything unknown
 */
public record Prompt(
    long bytes,
    long expansion,
    long imageBytes,
    long images,
    long tools,
    long builtInTools,
    long inputs,
    boolean unbounded) {

  /** Bytes of text, at most, after normalisation. */
  public long textBytes() {
    return bytes - imageBytes + expansion;
  }
}
