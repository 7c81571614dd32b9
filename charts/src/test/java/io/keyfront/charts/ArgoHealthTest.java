package io.keyfront.charts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Runs the sample's health check as Argo CD does: Lua, with the resource as {@code obj}. */
class ArgoHealthTest {
  private static final Path SAMPLE =
      Path.of("..", "samples", "cluster", "gitops-argocd", "health.yaml");
  private static final String KEY = "resource.customizations.health.keyfront.io_";

  @ParameterizedTest
  @CsvSource({
    "True, Valid, Healthy",
    "True, ValidationUnknown, Healthy",
    "False, NotLoaded, Progressing",
    "False, NoProxy, Progressing",
    "False, Revoked, Suspended",
    "False, Expired, Suspended",
    "False, Overridden, Suspended",
    "False, SecretMissing, Degraded",
    "False, AuthFailed, Degraded",
    "False, Invalid, Degraded"
  })
  void healthFollowsTheConditionReady(String status, String reason, String health)
      throws IOException {
    LuaTable ready = condition("Ready", status, reason, 3);
    ready.set("message", "what is to be said");

    LuaValue answer =
        health("MachineToken", object(3, condition("Revoked", "False", "x", 3), ready));

    assertThat(answer.get("status").tojstring()).isEqualTo(health);
    assertThat(answer.get("message").tojstring()).isEqualTo(reason + ": what is to be said");
  }

  @Test
  void whatWasSaidOfAFormerGenerationDoesNotCount() throws IOException {
    LuaValue answer = health("MachineToken", object(4, condition("Ready", "True", "Valid", 3)));

    assertThat(answer.get("status").tojstring()).isEqualTo("Progressing");
  }

  @Test
  void resourceThatNobodyHasSeenIsUnderWay() throws IOException {
    LuaTable object = new LuaTable();
    object.set("metadata", new LuaTable());

    LuaValue answer = health("MachineToken", object);

    assertThat(answer.get("status").tojstring()).isEqualTo("Progressing");
    assertThat(answer.get("message").tojstring()).isEqualTo("Keyfront has not seen it yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MachineToken", "ProviderCredential", "ModelAlias", "KeyfrontSettings"})
  void everyKindHasItsCheck(String kind) throws IOException {
    LuaValue answer = health(kind, object(1, condition("Ready", "True", "Valid", 1)));

    assertThat(answer.get("status").tojstring()).isEqualTo("Healthy");
  }

  private static LuaValue health(String kind, LuaTable object) throws IOException {
    GenericKubernetesResource sample = Chart.objects(Files.readString(SAMPLE)).getFirst();
    Map<?, ?> data = (Map<?, ?>) requireNonNull(sample.getAdditionalProperties().get("data"));
    Globals lua = JsePlatform.standardGlobals();
    lua.set("obj", object);
    return lua.load(String.valueOf(data.get(KEY + kind)), kind).call();
  }

  private static LuaTable object(int generation, LuaTable... conditions) {
    LuaTable list = new LuaTable();
    for (int i = 0; i < conditions.length; i++) {
      list.set(i + 1, conditions[i]);
    }
    LuaTable status = new LuaTable();
    status.set("conditions", list);
    LuaTable metadata = new LuaTable();
    metadata.set("generation", generation);
    LuaTable object = new LuaTable();
    object.set("metadata", metadata);
    object.set("status", status);
    return object;
  }

  private static LuaTable condition(String type, String status, String reason, int generation) {
    LuaTable condition = new LuaTable();
    condition.set("type", type);
    condition.set("status", status);
    condition.set("reason", reason);
    condition.set("observedGeneration", generation);
    return condition;
  }
}
