package io.keyfront.dataplane.admit;

import io.keyfront.core.ledger.Hold;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permitted;

/** There is room: a hold is reserved on the token's and the candidate's accounts. */
public record Admitted(Permitted permitted, Candidate candidate, Hold hold) {}
