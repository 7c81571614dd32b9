package io.keyfront.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.keyfront.core.notice.NoticeType;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.scope.Glob;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who is told of what happens.
 *
 * @param name unique among webhooks
 * @param url takes a POST for each notice; at most {@value #URL_MAX} characters
 * @param secretRef the key that signs, 16 bytes or more
 * @param events names or globs of events; empty is all; at most {@value #EVENTS_MAX}
 * @param thresholds whole percent of a budget, 1..100; empty is 50, 80 and 100; at most {@value
 *     #THRESHOLDS_MAX}
 * @param bodySignature adds {@code x-proxyagent-signature}, for receivers of the Python token proxy
 */
public record WebhookSettings(
    @Required
        @Size(max = Names.LABEL_MAX)
        @ValidationRule(value = Cel.LABEL, message = "is not a name; " + Names.LABEL_FIX)
        String name,
    @Required
        @Size(max = URL_MAX)
        @ValidationRule(value = Cel.RECEIVER, message = Cel.RECEIVER_MESSAGE)
        String url,
    @Required SecretRef secretRef,
    @Size(max = EVENTS_MAX)
        @ItemRule(
            value = "self.matches(r'^[a-z.*?]+$')",
            message = "is no event; write a name or a glob like budget.*")
        List<@Size(max = EVENT_MAX) String> events,
    @Size(max = THRESHOLDS_MAX) List<@Min(1) @Max(100) Integer> thresholds,
    @Default("false") boolean bodySignature) {
  public static final int URL_MAX = 1024;
  public static final int EVENTS_MAX = 16;
  public static final int THRESHOLDS_MAX = 16;

  private static final int EVENT_MAX = 63;
  private static final Pattern EVENT = Pattern.compile("[a-z.*?]+");

  public WebhookSettings {
    events = events == null ? List.of() : List.copyOf(events);
    thresholds = thresholds == null ? List.of() : List.copyOf(thresholds);
  }

  /** Everything that is wrong with this webhook by itself. */
  public List<Problem> problems() {
    var problems = new Problems();
    problems.text("name", name, Names.LABEL_MAX, Names.LABEL, Names.LABEL_FIX);
    problems.maxLength("url", url, URL_MAX);
    problems.addAll("secretRef", secretRef.problems());
    problems.count("events", events, 0, EVENTS_MAX);
    problems.each("events", events, WebhookSettings::eventProblems);
    problems.count("thresholds", thresholds, 0, THRESHOLDS_MAX);
    problems.each("thresholds", thresholds, WebhookSettings::thresholdProblems);
    return problems.list();
  }

  private static List<Problem> eventProblems(String event) {
    var problems = new Problems();
    String fix = "write one of " + NoticeType.labels() + ", or a glob like budget.*";
    problems.text("", event, EVENT_MAX, EVENT, fix);
    if (problems.list().isEmpty() && matchesNothing(event)) {
      problems.add("", "'" + event + "' is no event", fix);
    }
    return problems.list();
  }

  private static boolean matchesNothing(String event) {
    Glob glob = Glob.of(event);
    return NoticeType.LISTED.stream().noneMatch(type -> glob.matches(type.label()));
  }

  private static List<Problem> thresholdProblems(int percent) {
    var problems = new Problems();
    problems.range("", percent, 1, 100);
    return problems.list();
  }

  /** The globs in force. */
  public List<Glob> globs() {
    return events.isEmpty() ? List.of(Glob.of("*")) : events.stream().map(Glob::of).toList();
  }

  /** The thresholds in force. */
  public List<Integer> percents() {
    return thresholds.isEmpty() ? Webhook.DEFAULT_THRESHOLDS : thresholds;
  }
}
