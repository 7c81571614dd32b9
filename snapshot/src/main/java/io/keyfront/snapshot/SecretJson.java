package io.keyfront.snapshot;

import io.keyfront.core.secret.SecretText;
import java.io.IOException;

/** A secret in plain: the Secret that carries the part protects it. */
final class SecretJson {
  private SecretJson() {}

  static SecretText read(JsonIn in) throws IOException {
    String text = in.text();
    return in.made(() -> SecretText.of(text));
  }
}
