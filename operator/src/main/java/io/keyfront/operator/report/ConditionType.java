package io.keyfront.operator.report;

/** The types of condition that our kinds have. */
public enum ConditionType {
  READY("Ready"),
  REVOKED("Revoked"),
  EXPIRED("Expired"),
  BUDGET_EXHAUSTED("BudgetExhausted"),
  RENEWAL_DUE("RenewalDue");

  private final String label;

  ConditionType(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
