package io.keyfront.compiler.resource;

import io.keyfront.crds.KeyfrontApi;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of resource that the compiler takes. */
public enum Kind {
  PROVIDER_CREDENTIAL("ProviderCredential", KeyfrontApi.API_VERSION),
  MACHINE_TOKEN("MachineToken", KeyfrontApi.API_VERSION),
  MODEL_ALIAS("ModelAlias", KeyfrontApi.API_VERSION),
  KEYFRONT_SETTINGS("KeyfrontSettings", KeyfrontApi.API_VERSION),
  SECRET("Secret", "v1");

  private final String id;
  private final String apiVersion;

  Kind(String id, String apiVersion) {
    this.id = id;
    this.apiVersion = apiVersion;
  }

  /** What stands in {@code kind}. */
  public String id() {
    return id;
  }

  public String apiVersion() {
    return apiVersion;
  }

  public static Optional<Kind> byId(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
  }
}
