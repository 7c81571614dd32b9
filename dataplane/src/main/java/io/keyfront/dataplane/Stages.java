package io.keyfront.dataplane;

import io.keyfront.core.ledger.Ledger;
import io.keyfront.dataplane.admit.Admitting;
import io.keyfront.dataplane.admit.Renewals;
import io.keyfront.dataplane.authenticate.Authenticator;
import io.keyfront.dataplane.forward.Forwarder;
import io.keyfront.dataplane.intake.BodyBudget;
import io.keyfront.dataplane.intake.BodyReader;
import io.keyfront.dataplane.settle.CallLog;
import io.vertx.core.Vertx;

/** The stages of one event loop, wired once and used by all its calls. */
record Stages(
    Vertx vertx,
    Authenticator authenticator,
    BodyReader bodies,
    BodyBudget budget,
    Admitting admitting,
    Forwarder forwarder,
    Ledger ledger,
    Renewals renewals,
    CallLog log,
    Watch watch,
    DataplaneOptions.Timeouts timeouts) {}
