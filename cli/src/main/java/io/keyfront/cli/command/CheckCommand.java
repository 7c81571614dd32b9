package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.serve.Check;
import io.keyfront.cli.serve.Environment;
import io.keyfront.cli.serve.ResourceFolder;
import io.keyfront.compiler.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyfront check}. */
@Command(
    name = "check",
    description =
        "Check a folder of resource files as serve would, without serving. Lists every problem and ends with 1 if there is one.")
public final class CheckCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of resource files.")
  private Path folder = Path.of(".");

  @Mixin private OutputOption output = new OutputOption();

  public CheckCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Check check = checked();
    output.print(around, json(check), () -> text(check));
    return check.isClean() ? 0 : 1;
  }

  private Check checked() {
    try {
      return Check.of(
          new ResourceFolder(folder).read(),
          Environment.of(around.environment()),
          around.clock().instant());
    } catch (IOException unreadable) {
      throw new CommandFailed(
          "%s is not a folder that can be read: name the folder of your resource files."
              .formatted(folder));
    } catch (IllegalArgumentException wrongVariable) {
      throw new CommandFailed(String.valueOf(wrongVariable.getMessage()));
    }
  }

  private static String text(Check check) {
    String findings =
        check.findings().stream()
            .map(finding -> (finding.isError() ? "" : "warning: ") + finding.text() + "\n")
            .collect(Collectors.joining());
    return findings + summary(check) + "\n";
  }

  private static String summary(Check check) {
    String what =
        "%s in %s".formatted(count(check.resources(), "resource"), count(check.files(), "file"));
    long errors = check.findings().stream().filter(Finding::isError).count();
    long warnings = check.findings().size() - errors;
    return errors == 0 && warnings == 0
        ? what + ": no problems."
        : "%s: %s, %s.".formatted(what, count(errors, "problem"), count(warnings, "warning"));
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static JsonNode json(Check check) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("files", check.files()).put("resources", check.resources());
    ArrayNode findings = answer.putArray("findings");
    for (Finding finding : check.findings()) {
      ObjectNode object = findings.addObject();
      object.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      object.put("reason", finding.reason().label());
      finding.source().ifPresent(at -> object.put("file", at.file()).put("line", at.line()));
      finding.resource().ifPresent(id -> object.put("resource", id.toString()));
      object.put("field", finding.field());
      object.put("problem", finding.problem()).put("fix", finding.fix());
    }
    return answer;
  }
}
