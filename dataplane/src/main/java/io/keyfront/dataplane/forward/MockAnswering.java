package io.keyfront.dataplane.forward;

import io.keyfront.dataplane.admit.Admitted;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.mock.MockAnswer;
import io.keyfront.dataplane.mock.MockAnswers;
import io.keyfront.dataplane.route.Routed;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;

/** The mock's answer, on the same way back as any provider's. */
final class MockAnswering {
  private MockAnswering() {}

  static Answering of(Vertx vertx, Admitted admitted) {
    Targeted call = admitted.permitted().targeted();
    Routed routed = call.routed();
    // Edited as for any provider, so that a stream carries its usage and the chunk is hidden again.
    Edited edited = Edited.of(admitted);
    MockAnswer answer =
        MockAnswers.answer(
            routed.protocol(),
            routed.operation(),
            call.target().model(),
            routed.stream(),
            routed.identified().received().target().wantsSse(),
            edited.body());
    MultiMap headers = HttpHeaders.headers().addAll(answer.headers());
    MockStream body = new MockStream(vertx, answer);
    body.start();
    return new Answering(
        admitted, answer.status(), headers, body, edited.usageInjected(), body::cancel);
  }
}
