package io.keyfront.dataplane.authorize;

import io.keyfront.core.snapshot.Credential;
import java.net.URI;

/** A way to serve a call. */
public sealed interface Candidate {
  /** A credential at an endpoint. */
  record Keyed(Credential credential, URI endpoint) implements Candidate {}

  /** The mock: in-process, free, no key. */
  record Mock() implements Candidate {}
}
