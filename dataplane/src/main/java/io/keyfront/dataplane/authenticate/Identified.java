package io.keyfront.dataplane.authenticate;

import io.keyfront.core.token.Identity;
import io.keyfront.dataplane.intake.Received;

/** The caller is known. */
public record Identified(Received received, Identity identity) {}
