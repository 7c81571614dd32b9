package io.keyfront.dataplane.settle;

/** Takes call records. Called on event loops: must not block. */
public interface CallLog {
  void record(CallRecord call);

  /** Forgets everything. */
  CallLog NONE = call -> {};
}
