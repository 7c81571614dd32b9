package io.keyfront.core.snapshot;

import static io.keyfront.core.snapshot.Snapshots.credential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.scope.Target;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Target GPT = new Target("openai", "gpt-5");
  private static final NamespaceRule TEAM_A = NamespaceRule.only("team-a");

  @Test
  void candidatesAreTheProvidersCredentialsLowestPriorityNumberFirst() {
    var last = credential("last", "openai", 20);
    var first = credential("first", "openai", -1);
    var second = credential("second", "openai", 0);
    var other = credential("other", "groq", 0);
    var snapshot = Snapshots.withNothing().with(last).with(first).with(second).with(other).build();

    assertThat(snapshot.candidates("any", GPT)).containsExactly(first, second, last);
  }

  @Test
  void candidatesOfOnePriorityKeepTheirOrder() {
    var one = credential("b", "openai", 0);
    var two = credential("a", "openai", 0);
    var snapshot = Snapshots.withNothing().with(one).with(two).build();

    assertThat(snapshot.candidates("any", GPT)).containsExactly(one, two);
  }

  @Test
  void candidatesServeTheModel() {
    var mini = credential("mini", "openai", 0, NamespaceRule.ALL, "*-mini", "o3");
    var every = credential("every", "openai", 1, NamespaceRule.ALL);
    var snapshot = Snapshots.withNothing().with(mini).with(every).build();

    assertThat(snapshot.candidates("any", GPT)).containsExactly(every);
    assertThat(snapshot.candidates("any", new Target("openai", "gpt-5-mini")))
        .containsExactly(mini, every);
    assertThat(snapshot.candidates("any", new Target("openai", "o3"))).containsExactly(mini, every);
  }

  @Test
  void onlyCredentialOfAProviderIsNoCandidateForWhatItDoesNotServe() {
    var mini = credential("mini", "openai", 0, TEAM_A, "*-mini");
    var snapshot = Snapshots.withNothing().with(mini).build();

    assertThat(snapshot.candidates("team-a", GPT)).isEmpty();
    assertThat(snapshot.candidates("team-b", new Target("openai", "x-mini"))).isEmpty();
    assertThat(snapshot.candidates("team-a", new Target("openai", "x-mini"))).containsExactly(mini);
  }

  @Test
  void candidatesMayBeUsedFromTheTokensNamespace() {
    var ofA = credential("of-a", "openai", 0, TEAM_A);
    var ofAAndB =
        credential("of-a-b", "openai", 1, new NamespaceRule(false, Set.of("team-a", "team-b")));
    var ofAll = credential("of-all", "openai", 2, NamespaceRule.ALL);
    var ofNone = credential("of-none", "openai", 3, new NamespaceRule(false, Set.of()));
    var snapshot = Snapshots.withNothing().with(ofA).with(ofAAndB).with(ofAll).with(ofNone).build();

    assertThat(snapshot.candidates("team-a", GPT)).containsExactly(ofA, ofAAndB, ofAll);
    assertThat(snapshot.candidates("team-b", GPT)).containsExactly(ofAAndB, ofAll);
    assertThat(snapshot.candidates("team-c", GPT)).containsExactly(ofAll);
  }

  @Test
  void providerHasACredentialWhereSomeOfItsMayBeUsedWhateverItServes() {
    var mini = credential("mini", "openai", 0, TEAM_A, "*-mini");
    var snapshot = Snapshots.withNothing().with(mini).build();

    assertThat(snapshot.hasCredential("team-a", "openai")).isTrue();
    assertThat(snapshot.credentialsOf("team-a", "openai")).containsExactly(mini);
    assertThat(snapshot.hasCredential("team-b", "openai")).isFalse();
    assertThat(snapshot.hasCredential("team-a", "groq")).isFalse();
  }

  @Test
  void mockNeedsNoCredential() {
    assertThat(Snapshot.EMPTY.hasCredential("any", Provider.MOCK)).isTrue();
    assertThat(Snapshot.EMPTY.hasCredential("any", "openai")).isFalse();
  }

  @Test
  void credentialIsFoundByItsId() {
    var one = credential("one", "openai", 0);
    var snapshot = Snapshots.withNothing().with(one).build();

    assertThat(snapshot.credential(new CredentialId("default", "one"))).contains(one);
    assertThat(snapshot.credential(new CredentialId("other", "one"))).isEmpty();
  }

  @Test
  void tokenIsFoundByItsHash() {
    var policy = new TokenPolicy(identity(), true);
    var hash = TokenHash.of("kf_fake");
    var snapshot =
        new Snapshot("d", Map.of(hash, policy), List.of(), List.of(), Map.of(), Settings.DEFAULT);

    assertThat(snapshot.token(hash)).contains(policy);
    assertThat(snapshot.token(TokenHash.of("kf_other"))).isEmpty();
    assertThat(Snapshot.EMPTY.token(hash)).isEmpty();
  }

  @Test
  void twoCredentialsOfOneNameAreRefused() {
    var builder =
        Snapshots.withNothing()
            .with(credential("twin", "openai", 0))
            .with(credential("twin", "groq", 0));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Two credentials are named default/twin: give each a name of its own.");
  }

  @Test
  void snapshotDoesNotChangeWithTheCollectionsItWasMadeFrom() {
    var tokens = new HashMap<TokenHash, TokenPolicy>();
    var credentials = new ArrayList<>(List.of(credential("one", "openai", 0)));
    var aliases = new ArrayList<AliasRule>();
    var providers = new LinkedHashMap<>(ProviderCatalog.builtIn());
    var snapshot = new Snapshot("d", tokens, credentials, aliases, providers, Settings.DEFAULT);

    tokens.put(TokenHash.of("kf_fake"), new TokenPolicy(identity(), false));
    credentials.clear();
    providers.clear();

    assertThat(snapshot.tokens()).isEmpty();
    assertThat(snapshot.credentials()).hasSize(1);
    assertThat(snapshot.providers().keySet())
        .containsExactlyElementsOf(ProviderCatalog.builtIn().keySet());
    assertThat(snapshot.provider("openai")).isPresent();
  }

  @Test
  void nothingThatASnapshotGivesAwayCanChangeIt() {
    var snapshot = Snapshots.withKeysFor("openai").build();
    var credential = credential("more", "openai", 0);

    assertThatThrownBy(() -> snapshot.candidates("any", GPT).add(credential))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> snapshot.credentials().add(credential))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> snapshot.providers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void weightsBelowOneAreRefused() {
    assertThatThrownBy(() -> new AliasRule.Target("openai", Optional.empty(), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The weight of alias target openai is 0: give it 1 or more.");
    assertThatThrownBy(
            () ->
                new Credential(
                    new CredentialId("default", "one"),
                    "openai",
                    Optional.empty(),
                    credential("any", "openai", 0).auth(),
                    0,
                    0,
                    List.of(),
                    NamespaceRule.ALL,
                    Limits.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The weight of credential default/one is 0: give it 1 or more.");
  }

  @Test
  void negativeNumberOfHopsIsRefused() {
    assertThatThrownBy(() -> Settings.DEFAULT.withTrustedHops(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trustedHops is -1: give the number of proxies in front, 0 or more.");
  }

  private static Identity identity() {
    return new Identity(
        "uid-1",
        "default",
        "agent",
        TokenFormat.OPAQUE,
        Scope.ALL,
        Optional.empty(),
        CidrSet.ANY,
        Limits.NONE,
        Optional.empty());
  }
}
