package io.keyfront.console.fault;

/** The ledger does not do what the call wants. */
public sealed interface LedgerFault extends AdminFault {
  /** The shared ledger does not answer. */
  record Away() implements LedgerFault {
    @Override
    public String code() {
      return "ledger_unavailable";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "The ledger does not answer: is its Redis there? Call again; GET /admin/v1/usage tells"
          + " whether this call was heard.";
    }
  }
}
