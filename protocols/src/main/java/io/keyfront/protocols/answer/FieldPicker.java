package io.keyfront.protocols.answer;

import io.keyfront.protocols.answer.Field.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a tree looks for while documents pass. A document is an object at the top, or each
 * object of a list at the top. Told by {@link JsonSkimmer}, in the order of the text.
 */
final class FieldPicker {
  /** Deeper than this nothing is looked for. */
  private static final int LEVELS = 12;

  private final FieldTree root;
  private final Consumer<FieldPicker> onDocument;
  private final @Nullable FieldTree[] levels = new FieldTree[LEVELS];

  // By the field's place, and one bit per field, as every answer fills them anew.
  private final long[] counts = new long[Field.COUNT];
  private final @Nullable String[] texts = new String[Field.COUNT];
  private long counted;
  private long told;
  private long objects;
  private long lists;
  private long filledLists;

  /** One bit per level: whether it is a list. */
  private int listLevels;

  private int depth;
  private @Nullable FieldTree next;

  /**
   * A picker for any number of documents.
   *
   * @param onDocument called at each document's end, when all of it can be asked for
   */
  FieldPicker(FieldTree root, Consumer<FieldPicker> onDocument) {
    this.root = root;
    this.onDocument = onDocument;
    restart();
  }

  /** Forgets everything: another text begins. */
  void restart() {
    depth = 0;
    next = root;
    clear();
  }

  /** A copy of the numbers that were found. */
  Map<Field, Long> counts() {
    Map<Field, Long> found = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      if (hasCount(field)) {
        found.put(field, count(field));
      }
    }
    return found;
  }

  boolean hasCount(Field field) {
    return (counted & field.bit()) != 0;
  }

  /** A number that was found; 0 when there was none. */
  long count(Field field) {
    return hasCount(field) ? counts[field.place()] : 0;
  }

  @Nullable String text(Field field) {
    return (told & field.bit()) == 0 ? null : texts[field.place()];
  }

  boolean isObject(Field field) {
    return (objects & field.bit()) != 0;
  }

  boolean isEmptyList(Field field) {
    return (lists & ~filledLists & field.bit()) != 0;
  }

  void beginObject() {
    FieldTree node = enter();
    if (node == root) {
      clear();
    } else if (node != null && node.field() != null) {
      objects |= node.field().bit();
    }
    next = null;
  }

  void beginList() {
    FieldTree node = enter();
    if (node != null) {
      listLevels |= 1 << depth;
      if (node.field() != null) {
        lists |= node.field().bit();
      }
    }
  }

  void endObject() {
    FieldTree node = level();
    if (node == root) {
      onDocument.accept(this);
    } else if (node != null && node.field() != null && node.field().kind() == Kind.AUDIO_PARTS) {
      addPart(node.field());
    }
    leave();
  }

  void endList() {
    leave();
  }

  /** Whether the names of the object that is open may matter. */
  boolean wantsNames() {
    return level() != null;
  }

  /** A name in the object that is open. */
  void name(JsonToken name) {
    FieldTree node = level();
    next = node == null ? null : node.child(name);
  }

  /** A name in the object that is open that matters to nobody. */
  void otherName() {
    next = null;
  }

  /** Whether the text of the string or number that begins may matter. */
  boolean wantsScalar() {
    return field() != null;
  }

  void string(JsonToken value) {
    Field field = field();
    if (field != null && (field.kind() == Kind.TEXT || field.kind() == Kind.SCALAR)) {
      put(field, value.text());
    }
    scalar();
  }

  void number(JsonToken value) {
    Field field = field();
    if (field != null && field.kind() == Kind.SCALAR) {
      put(field, value.text());
    } else if (field != null && field.kind() == Kind.COUNT) {
      put(field, Math.max(count(field), value.count()));
    }
    scalar();
  }

  /** A scalar whose text does not matter. */
  void scalar() {
    fillList();
    expectNext();
  }

  private @Nullable FieldTree enter() {
    fillList();
    depth++;
    if (depth >= LEVELS) {
      next = null;
      return null;
    }
    levels[depth] = next;
    listLevels &= ~(1 << depth);
    return next;
  }

  private void leave() {
    depth--;
    expectNext();
  }

  /** Elements of a list are looked at as the list's node says; fields wait for their names. */
  private void expectNext() {
    next = isInList() ? level() : null;
  }

  private void fillList() {
    if (next != null && next.field() != null && isInList()) {
      filledLists |= next.field().bit();
    }
  }

  /** The field whose value a scalar is; elements of a list are nobody's. */
  private @Nullable Field field() {
    return next == null || isInList() ? null : next.field();
  }

  private boolean isInList() {
    return depth < LEVELS && (listLevels & (1 << depth)) != 0;
  }

  private @Nullable FieldTree level() {
    return depth < LEVELS ? levels[depth] : null;
  }

  private void addPart(Field parts) {
    if ("AUDIO".equals(text(Field.MODALITY))) {
      put(parts, Math.min(count(parts) + count(Field.PART_TOKENS), Counts.MOST));
    }
    told &= ~Field.MODALITY.bit();
    counted &= ~Field.PART_TOKENS.bit();
  }

  private void put(Field field, String text) {
    texts[field.place()] = text;
    told |= field.bit();
  }

  private void put(Field field, long count) {
    counts[field.place()] = count;
    counted |= field.bit();
  }

  private void clear() {
    counted = 0;
    told = 0;
    objects = 0;
    lists = 0;
    filledLists = 0;
  }
}
