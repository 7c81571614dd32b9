package io.keyfront.dataplane.manage;

/** Whether the proxy has what it needs to serve, apart from its own state. */
public interface Condition {
  /** It needs nothing but what it was started with. */
  Condition GIVEN =
      new Condition() {
        @Override
        public boolean ready() {
          return true;
        }

        @Override
        public String reason() {
          return "";
        }

        @Override
        public String json() {
          return "";
        }
      };

  boolean ready();

  /** What it waits for while it is not ready; holds nothing that JSON would escape. */
  String reason();

  /** A JSON object for {@code /readyz}; empty for none. */
  String json();

  /** What people should know although it may serve: a JSON array of sentences; empty for none. */
  default String notes() {
    return "";
  }
}
