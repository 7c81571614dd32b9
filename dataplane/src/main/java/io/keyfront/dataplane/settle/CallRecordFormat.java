package io.keyfront.dataplane.settle;

/** How a call record is written. For one thread: a format may remember what it wrote last. */
public interface CallRecordFormat {
  /** Appends one line, ending with a line feed. */
  void append(CallRecord call, StringBuilder lines);
}
