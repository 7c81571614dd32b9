package io.keyfront.crds;

/** Names of the API that the custom resources belong to. */
public final class KeyfrontApi {
  public static final String GROUP = "keyfront.io";
  public static final String VERSION = "v1alpha1";

  /** What stands in {@code apiVersion}. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  private KeyfrontApi() {}
}
