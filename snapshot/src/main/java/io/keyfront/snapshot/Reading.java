package io.keyfront.snapshot;

/** What became of reading a publication. */
sealed interface Reading {
  /** The publication was whole. */
  record Whole(Part part, long sequence, String digest) implements Reading {}

  /** It was not. */
  record Wrong(PartName name, long sequence, String why) implements Reading {}

  static Reading of(Publication publication, String digest) {
    PartName name = publication.name();
    long sequence = publication.sequence();
    try {
      return new Whole(PartCodec.decode(name, publication.bytes()), sequence, digest);
    } catch (PartRefused refused) {
      return new Wrong(name, sequence, refused.getMessage());
    }
  }
}
