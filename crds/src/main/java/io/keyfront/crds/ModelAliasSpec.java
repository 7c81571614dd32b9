package io.keyfront.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ModelAlias: renames or reroutes a requested model. One hop: its target is not looked up again.
 *
 * @param match what is requested
 * @param targets where it goes; 1..{@value #TARGETS_MAX}
 */
public record ModelAliasSpec(
    @Required Match match, @Required @Size(min = 1, max = TARGETS_MAX) List<Target> targets) {
  public static final int TARGETS_MAX = 16;
  public static final int PRIORITY_MAX = 1000;
  public static final int WEIGHT_MAX = 1000;

  public ModelAliasSpec {
    targets = targets == null ? List.of() : List.copyOf(targets);
  }

  /**
   * What is requested.
   *
   * @param model a glob over the model's name
   * @param provider only requests for this provider; absent is any
   */
  public record Match(
      @Required
          @Size(max = Names.MODEL_MAX)
          @ValidationRule(value = Cel.VISIBLE, message = "is not allowed here; " + Names.MODEL_FIX)
          String model,
      @Size(max = Names.LABEL_MAX)
          @ValidationRule(value = Cel.LABEL, message = "is not a provider; " + Names.LABEL_FIX)
          @Nullable String provider) {

    public List<Problem> problems() {
      var problems = new Problems();
      problems.addAll("model", ModelNames.globProblems(model));
      problems.text("provider", provider, Names.LABEL_MAX, Names.LABEL, Names.LABEL_FIX);
      return problems.list();
    }
  }

  /**
   * One place the call may go to.
   *
   * @param provider of the catalog, or a custom one
   * @param model the name there; absent keeps the requested one
   * @param weight share among targets of one priority; 1..{@value #WEIGHT_MAX}, default 1
   * @param priority lower goes first; 0..{@value #PRIORITY_MAX}, default 0. Of several, a target
   *     that the call cannot go to is passed over: out of the token's scope, of another protocol,
   *     or without a credential
   */
  public record Target(
      @Required
          @Size(max = Names.LABEL_MAX)
          @ValidationRule(value = Cel.LABEL, message = "is not a provider; " + Names.LABEL_FIX)
          String provider,
      @Size(max = Names.MODEL_MAX)
          @ValidationRule(
              value = Cel.VISIBLE,
              message = "is not allowed here; " + ModelNames.NAME_FIX)
          @ValidationRule(value = Cel.NO_GLOB, message = "is a glob; " + ModelNames.GLOB_FIX)
          @Nullable String model,
      @Default("1") @Min(1) @Max(WEIGHT_MAX) Integer weight,
      @Default("0") @Min(0) @Max(PRIORITY_MAX) int priority) {

    public Target {
      weight = weight == null ? 1 : weight;
    }

    public List<Problem> problems() {
      var problems = new Problems();
      problems.text("provider", provider, Names.LABEL_MAX, Names.LABEL, Names.LABEL_FIX);
      if (model != null) {
        problems.addAll("model", ModelNames.nameProblems(model));
      }
      problems.range("weight", weight, 1, WEIGHT_MAX);
      problems.range("priority", priority, 0, PRIORITY_MAX);
      return problems.list();
    }
  }

  /** Everything that is wrong with this spec by itself. */
  public List<Problem> problems() {
    var problems = new Problems();
    problems.addAll("match", match.problems());
    problems.count("targets", targets, 1, TARGETS_MAX);
    problems.each("targets", targets, Target::problems);
    return problems.list();
  }
}
