package io.keyfront.dataplane.forward;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.UpstreamFault;
import io.keyfront.core.provider.Provider;
import io.keyfront.dataplane.mock.MockAnswer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Plays the mock's pieces as a stream, each after its delay, with back-pressure. */
final class MockStream implements ReadStream<Buffer> {
  private final Vertx vertx;
  private final Iterator<MockAnswer.Piece> pieces;
  private final boolean breaksOff;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private long demand = Long.MAX_VALUE;
  private MockAnswer.@Nullable Piece due;
  private boolean playing;
  private boolean over;

  MockStream(Vertx vertx, MockAnswer answer) {
    this.vertx = vertx;
    this.pieces = answer.pieces().iterator();
    this.breaksOff = answer.breaksOff();
  }

  /** Plays from the next turn on, when its handlers are there. */
  void start() {
    vertx.runOnContext(turn -> play());
  }

  void cancel() {
    over = true;
  }

  private void play() {
    if (playing) {
      return;
    }
    playing = true;
    while (demand > 0 && !over && (due != null || pieces.hasNext())) {
      MockAnswer.Piece piece = due == null ? pieces.next() : due;
      if (due == null && piece.delayMillis() > 0) {
        vertx.setTimer(piece.delayMillis(), timer -> afterDelay(piece));
        return;
      }
      due = null;
      emit(piece);
    }
    playing = false;
    if (demand > 0 && !over && due == null && !pieces.hasNext()) {
      finish();
    }
  }

  /** Who asked for a pause meanwhile gets the piece when it goes on. */
  private void afterDelay(MockAnswer.Piece piece) {
    playing = false;
    due = piece;
    play();
  }

  private void emit(MockAnswer.Piece piece) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    if (handler != null) {
      handler.handle(Buffer.buffer(piece.bytes()));
    }
  }

  private void finish() {
    over = true;
    if (breaksOff && exceptionHandler != null) {
      exceptionHandler.handle(
          new Refused(new UpstreamFault.Reset(Provider.MOCK, "the mock was asked to break off")));
    } else if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  @Override
  public MockStream handler(@Nullable Handler<Buffer> next) {
    handler = next;
    return this;
  }

  @Override
  public MockStream endHandler(@Nullable Handler<Void> next) {
    endHandler = next;
    return this;
  }

  @Override
  public MockStream exceptionHandler(@Nullable Handler<Throwable> next) {
    exceptionHandler = next;
    return this;
  }

  @Override
  public MockStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public MockStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public MockStream fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    play();
    return this;
  }
}
