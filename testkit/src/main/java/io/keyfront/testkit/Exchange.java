package io.keyfront.testkit;

import io.keyfront.testkit.speech.Framing;
import io.keyfront.testkit.speech.Tokens;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.Optional;

/**
 * Sends one answer, writing down what it owes before the bytes go. Lives on the event loop of its
 * connection.
 */
final class Exchange {
  /** HTTP/2 error code INTERNAL_ERROR (RFC 9113, section 7). */
  private static final long INTERNAL_ERROR = 2;

  /** How much more is announced than sent when the length lies. */
  private static final int LIE = 100;

  private static final long TIME_TO_READ_MILLIS = 25;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Delivery delivery;
  private final List<Piece> pieces;
  private final Account account;
  private Optional<Stop> stop;
  private int sent;
  private int owed;
  private boolean over;

  /** Where an exchange accounts for what it does. */
  interface Account {
    void begun();

    void owes(Tokens tokens);

    void completed();

    /** The client went away before the end. */
    void aborted();

    /** Nothing more will happen, however it ended; called once. */
    void over();

    /** Waits; to be run on the event loop once the provider lets go. */
    void held(Runnable goingOn);

    /** Pieces that are billed although they are not sent yet. */
    int piecesAhead();
  }

  Exchange(Vertx vertx, HttpServerRequest request, Delivery delivery, Account account) {
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.delivery = delivery;
    this.pieces = delivery.pieces();
    this.stop = delivery.stop();
    this.account = account;
  }

  void run() {
    response.exceptionHandler(failure -> gone());
    response.closeHandler(closed -> gone());
    account.begun();
    boolean silent = stop.filter(Stop::beforeHeaders).isPresent();
    owePiecesUpTo(silent ? pieces.size() : account.piecesAhead());
    if (silent) {
      stop();
      return;
    }
    head();
    next();
  }

  private void head() {
    response.setStatusCode(delivery.answer().status());
    delivery.answer().headers().forEach((name, values) -> response.putHeader(name, values));
    response.putHeader("content-type", delivery.answer().framing().contentType());
    delivery
        .encoding()
        .ifPresent(encoding -> response.putHeader("content-encoding", encoding.coding()));
    boolean document = delivery.answer().framing() == Framing.JSON && delivery.pause().isZero();
    if (delivery.lies() || document) {
      int length = pieces.stream().mapToInt(piece -> piece.bytes().length()).sum();
      int announced = delivery.lies() ? length + LIE : length;
      response.putHeader("content-length", Integer.toString(announced));
    } else if (request.version() != HttpVersion.HTTP_2) {
      response.setChunked(true);
    }
    if (stop.isPresent() || !delivery.pause().isZero()) {
      response.writeHead();
    }
  }

  private void next() {
    while (!over) {
      if (stop.filter(at -> at.afterPieces() <= sent).isPresent()) {
        stop();
        return;
      }
      if (sent == pieces.size()) {
        end();
        return;
      }
      owePiecesUpTo(sent + 1 + account.piecesAhead());
      response.write(pieces.get(sent++).bytes());
      if (waits()) {
        return;
      }
    }
  }

  private boolean waits() {
    if (!delivery.pause().isZero()) {
      vertx.setTimer(Math.max(1, delivery.pause().toMillis()), timer -> next());
      return true;
    }
    if (response.writeQueueFull()) {
      response.drainHandler(
          drained -> {
            response.drainHandler(null);
            next();
          });
      return true;
    }
    return false;
  }

  private void owePiecesUpTo(int count) {
    for (; owed < Math.min(count, pieces.size()); owed++) {
      long tokens = pieces.get(owed).outputTokens();
      if (tokens > 0) {
        account.owes(Tokens.ofOutput(tokens));
      }
    }
  }

  private void end() {
    if (stop.isPresent()) {
      stop();
      return;
    }
    over = true;
    if (delivery.lies()) {
      request.connection().close();
    } else {
      account.completed();
      response.end();
    }
    account.over();
  }

  private void stop() {
    switch (stop.orElseThrow().end()) {
      case RESET -> {
        over = true;
        account.over();
        // A reset overtakes what the client has not read yet; give it time to.
        vertx.setTimer(TIME_TO_READ_MILLIS, timer -> reset());
      }
      case STALL -> {}
      case HOLD -> account.held(this::goOn);
    }
  }

  private void goOn() {
    stop = Optional.empty();
    next();
  }

  private void reset() {
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset(INTERNAL_ERROR);
      return;
    }
    if (request.connection() instanceof ConnectionBase connection) {
      connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    request.connection().close();
  }

  private void gone() {
    if (!over) {
      over = true;
      account.aborted();
      account.over();
    }
  }
}
