package io.keyfront.console.fault;

import io.keyfront.console.desk.TokenName;

/** A token cannot be what the call wants. */
public sealed interface TokenFault extends AdminFault {
  /** No token has that name. */
  record UnknownToken(TokenName token) implements TokenFault {
    @Override
    public String code() {
      return "unknown_token";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no token %s. GET /admin/v1/tokens lists those there are.".formatted(token);
    }
  }

  /** The name is in use, perhaps by a revoked token. */
  record NameTaken(TokenName token) implements TokenFault {
    @Override
    public String code() {
      return "name_taken";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "A token named %s exists (a revoked one keeps its name). Choose another name."
          .formatted(token);
    }
  }

  /** A resource file is in charge of the token. */
  record ManagedByFile(TokenName token, String place, String instead) implements TokenFault {
    @Override
    public String code() {
      return "managed_by_file";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Token %s is declared in %s: %s there; the change takes effect within a second."
          .formatted(token, place, instead);
    }
  }

  /** The demo token is not edited. */
  record ManagedByKeyfront(TokenName token) implements TokenFault {
    @Override
    public String code() {
      return "managed_by_keyfront";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Token %s is the demo token, which Keyfront makes. Create a token of your own, or declare a MachineToken of that name in the resource folder: it takes the demo's place."
          .formatted(token);
    }
  }

  /** A revoked token does not come back. */
  record RevokedForGood(TokenName token) implements TokenFault {
    @Override
    public String code() {
      return "token_revoked";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Token %s is revoked, and that is for good. Clone it to get a new one with the same rights."
          .formatted(token);
    }
  }

  /** The plaintext was shown once and is kept nowhere. */
  record NotKept(TokenName token, String instead) implements TokenFault {
    @Override
    public String code() {
      return "not_revealable";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "The plaintext of token %s is not kept here. %s".formatted(token, instead);
    }
  }

  /** The store is full of tokens that still work. */
  record TooMany(int limit) implements TokenFault {
    @Override
    public String code() {
      return "too_many_tokens";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "A standalone server keeps at most %d tokens of its own. Revoke those that nobody uses: they make room."
          .formatted(limit);
    }
  }
}
