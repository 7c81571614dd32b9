package io.keyfront.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.AccountImage;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A journalled ledger that dies now and then does what plain accounts do. */
class LocalLedgerProperties {
  private static final List<AccountId> ACCOUNTS =
      List.of(AccountId.token("a"), AccountId.token("b"), AccountId.provider("p"));
  private static final Limits LIMITS =
      Limits.of(
              new Budget(
                  OptionalLong.of(20_000), OptionalLong.empty(), Window.HOUR, OnLedgerLoss.DENY))
          .withRequestsPerMinute(60)
          .withTokensPerMinute(2_000)
          .withConcurrency(8);

  private Instant now = Calls.START;

  /** The accounts as they should be. */
  private final Map<AccountId, Account> plain = new LinkedHashMap<>();

  private final Map<HoldId, Hold> holds = new LinkedHashMap<>();
  private int folders;

  private Account plain(AccountId id) {
    return plain.computeIfAbsent(id, absent -> new Account(absent, LocalLedger.RULES));
  }

  private long micros() {
    return Micros.of(now);
  }

  @Property(tries = 25)
  void ledgerWithRestartsStandsAsPlainAccountsDo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int steps) throws IOException {
    Path home = Files.createTempDirectory("keyfront-ledger");
    plain.clear();
    holds.clear();
    folders = 0;
    Random random = new Random(seed);
    Journal journal = open(home.resolve("0"));
    for (int step = 0; step < steps; step++) {
      now =
          now.plus(
              random.nextLong(random.nextInt(30) == 0 ? 90_000_000 : 2_000_000), ChronoUnit.MICROS);
      if (random.nextInt(60) == 0) {
        journal = restarted(journal, home, random.nextBoolean());
      }
      step(journal.ledger(), random);
    }
    journal = restarted(journal, home, random.nextBoolean());
    for (AccountId account : plain.keySet()) {
      assertThat(Calls.standing(journal.ledger(), account))
          .isEqualTo(plain(account).standing(micros()));
    }
    journal.close();
    delete(home);
  }

  private Journal open(Path folder) throws IOException {
    return Journal.open(
        JournalOptions.in(folder).withFsync(Fsync.NEVER).withSizes(64 * 1024, 64 * 1024),
        () -> now);
  }

  private Journal restarted(Journal journal, Path home, boolean killed) throws IOException {
    Path before = home.resolve(String.valueOf(folders));
    Path after = killed ? home.resolve(String.valueOf(++folders)) : before;
    if (killed) {
      Files.createDirectory(after);
      try (Stream<Path> files = Files.list(before)) {
        for (Path file : files.toList()) {
          Files.copy(file, after.resolve(file.getFileName()));
        }
      }
    }
    journal.close();
    for (Account account : plain.values()) {
      account.touch(micros());
      for (AccountImage.Open open : account.image().held()) {
        Settlement doubt = new Settlement.InDoubt(Usage.NONE, open.amount());
        account.settle(open.call(), doubt, open.admitted(), micros());
      }
    }
    return open(after);
  }

  private void step(LocalLedger ledger, Random random) {
    HoldId call = new HoldId("call-" + random.nextInt(40), 1);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> settle(ledger, call, settlement(random));
      case 3 -> renew(ledger, call);
      case 4 -> {
        ledger.sweep();
        plain.values().forEach(account -> account.touch(micros()));
      }
      default -> hold(ledger, call, random);
    }
  }

  private static Settlement settlement(Random random) {
    Amount charge = new Amount(random.nextLong(4_000), random.nextLong(300));
    Usage usage = Usage.of(random.nextLong(200), random.nextLong(100));
    return switch (random.nextInt(4)) {
      case 0 -> new Settlement.Released();
      case 1 -> new Settlement.InDoubt(usage, charge);
      default -> new Settlement.Known(usage, charge);
    };
  }

  private void hold(LocalLedger ledger, HoldId call, Random random) {
    Amount amount = new Amount(random.nextLong(3_000), random.nextLong(200));
    List<Claim> claims =
        ACCOUNTS.stream()
            .filter(account -> random.nextInt(3) > 0)
            .map(account -> new Claim(account, random.nextBoolean() ? LIMITS : Limits.NONE))
            .toList();
    if (claims.isEmpty()) {
      return;
    }
    Admission admission =
        Calls.done(ledger.hold(new HoldRequest(call, claims, amount, Instant.MAX)));
    List<Claim> all = new ArrayList<>(claims);
    all.add(new Claim(AccountId.EVERYTHING, Limits.NONE));
    for (Claim claim : all) {
      Shortage shortage = plain(claim.account()).look(call, claim.limits(), amount, micros());
      if (shortage != null) {
        assertThat(admission).isEqualTo(new Admission.Denied(shortage));
        return;
      }
    }
    all.forEach(claim -> plain(claim.account()).place(call, claim.limits(), amount, micros()));
    assertThat(admission)
        .isInstanceOfSatisfying(
            Admission.Admitted.class,
            admitted -> {
              AccountImage.Open open =
                  Objects.requireNonNull(plain(claims.getFirst().account()).open(call));
              assertThat(admitted.hold().amount()).isEqualTo(open.amount());
              assertThat(admitted.hold().admittedAt()).isEqualTo(Micros.instant(open.admitted()));
              holds.put(call, admitted.hold());
            });
  }

  private void settle(LocalLedger ledger, HoldId call, Settlement settlement) {
    Hold hold = holds.get(call);
    if (hold != null) {
      Calls.done(ledger.settle(hold, settlement));
      long admitted = Micros.of(hold.admittedAt());
      everyAccount(hold).forEach(id -> plain(id).settle(call, settlement, admitted, micros()));
    }
  }

  private void renew(LocalLedger ledger, HoldId call) {
    Hold hold = holds.get(call);
    if (hold != null) {
      boolean lost = Calls.done(ledger.renew(List.of(hold))).contains(call);
      long kept = everyAccount(hold).stream().filter(id -> plain(id).renew(call, micros())).count();
      assertThat(lost).isEqualTo(kept < everyAccount(hold).size());
    }
  }

  private static List<AccountId> everyAccount(Hold hold) {
    List<AccountId> all = new ArrayList<>(hold.accounts());
    all.add(AccountId.EVERYTHING);
    return all;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
