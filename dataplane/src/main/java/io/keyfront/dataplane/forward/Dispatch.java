package io.keyfront.dataplane.forward;

/**
 * What the owner of a call wants to know, and says, while it is being sent. Either {@link
 * #answered} or {@link #failed} is called, once; plain callbacks, as a future for each step would
 * cost every call an allocation and a turn.
 */
public interface Dispatch {
  /**
   * From here on bytes may have left: the call can no longer be said not to have happened.
   *
   * @param cancel resets it upstream
   */
  void begun(Runnable cancel);

  /** Whether nobody waits for the answer any more, so that nothing should be sent. */
  boolean abandoned();

  /** The head is here; the body flows as soon as this has returned. */
  void answered(Answering answering);

  /**
   * There will be no answer: {@link io.keyfront.core.fault.Refused} with {@code Unreachable} when
   * nothing was sent, with {@code Reset} when the answer's head never came.
   */
  void failed(Throwable failure);
}
