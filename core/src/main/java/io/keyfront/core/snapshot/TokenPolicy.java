package io.keyfront.core.snapshot;

import io.keyfront.core.token.Identity;

/**
 * What an opaque token's hash stands for.
 *
 * @param revoked kept in the snapshot so that the caller is told so
 */
public record TokenPolicy(Identity identity, boolean revoked) {}
