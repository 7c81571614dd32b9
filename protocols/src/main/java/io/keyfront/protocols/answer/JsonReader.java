package io.keyfront.protocols.answer;

/** Reads one JSON answer, piece by piece, in constant memory. */
final class JsonReader implements AnswerReader {
  private static final byte[] NOTHING = {};

  private final Meter meter;
  private final JsonSkimmer skimmer;

  JsonReader(Meter meter) {
    this.meter = meter;
    FieldPicker picker = new FieldPicker(meter.fields(), meter::take);
    this.skimmer = new JsonSkimmer(picker);
  }

  @Override
  public byte[] feed(byte[] bytes) {
    skimmer.feed(bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  public byte[] end() {
    return NOTHING;
  }

  /** Complete only when all of the answer was seen and was JSON. */
  @Override
  public Reading reading() {
    Reading known = meter.reading();
    return skimmer.isWhole() ? known : known.unfinished();
  }

  /** What is no JSON has no end that could be missing. */
  @Override
  public boolean closed() {
    return skimmer.isWhole() || skimmer.isBroken();
  }

  @Override
  public boolean failed() {
    return meter.failed();
  }
}
