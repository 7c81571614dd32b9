package io.keyfront.console.fault;

/** The call itself is wrong, or could not be done. */
public sealed interface CallFault extends AdminFault {
  /** No admin token, or a wrong one. */
  record Unauthenticated() implements CallFault {
    @Override
    public String code() {
      return "unauthenticated";
    }

    @Override
    public int status() {
      return 401;
    }

    @Override
    public String message() {
      return "The admin API takes the admin token as Authorization: Bearer kf_admin_…; keyfront admin-token prints it.";
    }
  }

  /** A machine token where the admin token belongs. */
  record NotAdmin() implements CallFault {
    @Override
    public String code() {
      return "admin_required";
    }

    @Override
    public int status() {
      return 403;
    }

    @Override
    public String message() {
      return "A machine token may call models, not the admin API. Use the admin token: keyfront admin-token prints it.";
    }
  }

  /** Nothing is at that path. */
  record UnknownRoute() implements CallFault {
    @Override
    public String code() {
      return "unknown_route";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "The admin API has nothing at this path. It begins with /admin/v1/tokens, /admin/v1/findings and /admin/v1/info.";
    }
  }

  /** No webhook has that name. */
  record UnknownWebhook() implements CallFault {
    @Override
    public String code() {
      return "unknown_webhook";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "No webhook in force has that name. Look at webhooks in KeyfrontSettings, and at GET /admin/v1/findings.";
    }
  }

  /** The path takes other methods. */
  record WrongMethod(String allowed) implements CallFault {
    @Override
    public String code() {
      return "wrong_method";
    }

    @Override
    public int status() {
      return 405;
    }

    @Override
    public String message() {
      return "This path takes " + allowed + ".";
    }
  }

  /** The body did not come in time. */
  record BodyTooSlow(int seconds) implements CallFault {
    @Override
    public String code() {
      return "body_too_slow";
    }

    @Override
    public int status() {
      return 408;
    }

    @Override
    public String message() {
      return "The request body did not arrive within %d seconds.".formatted(seconds);
    }
  }

  /** The body is larger than the bound. */
  record BodyTooLarge(int limit) implements CallFault {
    @Override
    public String code() {
      return "body_too_large";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "A request body of the admin API has at most %d bytes.".formatted(limit);
    }
  }

  /** The body is not labelled as JSON. */
  record NotLabelledJson() implements CallFault {
    @Override
    public String code() {
      return "unsupported_media_type";
    }

    @Override
    public int status() {
      return 415;
    }

    @Override
    public String message() {
      return "Send the body as JSON, with the header Content-Type: application/json and no Content-Encoding.";
    }
  }

  /** The body is not a JSON object. */
  record NotJson(String reason) implements CallFault {
    @Override
    public String code() {
      return "not_json";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The body is not one JSON object: " + reason + ".";
    }
  }

  /** The change could not be stored; nothing has changed. */
  record NotStored(String reason) implements CallFault {
    @Override
    public String code() {
      return "not_stored";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "The change could not be stored, so nothing has changed: " + reason;
    }
  }

  /** A bug or a broken machine; the log has the details under the request id. */
  record Internal(String requestId) implements CallFault {
    @Override
    public String code() {
      return "internal_error";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "Something failed inside Keyfront; its log has the details under request id "
          + requestId
          + ".";
    }
  }
}
