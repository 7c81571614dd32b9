package io.keyfront.console.desk;

import io.keyfront.core.secret.SecretText;

/** A new token, with the plaintext that is shown this one time. */
public record MintedToken(TokenRecord token, SecretText plaintext) {}
