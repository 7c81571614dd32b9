package io.keyfront.protocols.answer;

/** What answers are read for, under one name whatever its protocol calls it. */
enum Field {
  /** The kind of an event. */
  TYPE(Kind.TEXT),
  MODEL(Kind.TEXT),
  /** What the call was served at. */
  TIER(Kind.TEXT),
  /** Anthropic's fast mode, which has prices of its own whatever the tier. */
  SPEED(Kind.TEXT),
  /** Why the answer ended; present only in a closing chunk. */
  FINISH(Kind.TEXT),
  CHOICES(Kind.SHAPE),
  USAGE(Kind.SHAPE),
  INPUT(Kind.COUNT),
  /** Prompt tokens that came from tool results and are counted apart. */
  TOOL_INPUT(Kind.COUNT),
  CACHE_READ(Kind.COUNT),
  /** Written to a cache, whatever its life. */
  CACHE_WRITE(Kind.COUNT),
  CACHE_WRITE_5M(Kind.COUNT),
  CACHE_WRITE_1H(Kind.COUNT),
  OUTPUT(Kind.COUNT),
  REASONING(Kind.COUNT),
  TOTAL(Kind.COUNT),
  AUDIO_INPUT(Kind.COUNT),
  AUDIO_OUTPUT(Kind.COUNT),
  SEARCHES(Kind.COUNT),
  COST(Kind.SCALAR),
  /** An object, or with some servers a sentence. */
  ERROR(Kind.TEXT),
  ERROR_TYPE(Kind.TEXT),
  ERROR_CODE(Kind.SCALAR),
  /** The code of an event that is itself an error. */
  EVENT_CODE(Kind.SCALAR),
  /** Gemini's list of prompt tokens by modality, and that of the answer's. */
  INPUT_PARTS(Kind.AUDIO_PARTS),
  OUTPUT_PARTS(Kind.AUDIO_PARTS),
  MODALITY(Kind.TEXT),
  PART_TOKENS(Kind.COUNT);

  /** How many there are; at most 64, as sets of them are the bits of a long. */
  static final int COUNT = values().length;

  private final Kind kind;

  Field(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Its place in an array of all. */
  @SuppressWarnings("EnumOrdinal") // An EnumMap of boxed numbers costs every answer a microsecond.
  int place() {
    return ordinal();
  }

  /** Its bit in a set. */
  long bit() {
    return 1L << place();
  }

  /** What is kept of a value. */
  enum Kind {
    /** A string. */
    TEXT,
    /** A string, or a number as it was written. */
    SCALAR,
    /** A number of tokens or calls. */
    COUNT,
    /** Only whether it is an object or an empty list. */
    SHAPE,
    /** A list of objects: the sum of {@link #PART_TOKENS} where {@link #MODALITY} is audio. */
    AUDIO_PARTS
  }
}
