package io.keyfront.dataplane.forward;

/** What the owner of a call wants to know, and says, while it is being sent. */
public interface Dispatch {
  /**
   * From here on bytes may have left: the call can no longer be said not to have happened.
   *
   * @param cancel resets it upstream
   */
  void begun(Runnable cancel);

  /** Whether nobody waits for the answer any more, so that nothing should be sent. */
  boolean abandoned();
}
