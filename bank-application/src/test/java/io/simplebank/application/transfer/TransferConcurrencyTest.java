package io.simplebank.application.transfer;

import static io.simplebank.application.world.World.EUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TransferConcurrencyTest {
  private static final int THREADS = 16;
  private static final int EACH = 200;
  private static final long FUNDS = 50;

  @Test
  void conserves_money_among_many_threads() throws Exception {
    World world = new World();
    List<Caller> owners = new ArrayList<>();
    List<Account> accounts = new ArrayList<>();
    for (String name : List.of("ann", "ben", "cem", "dot")) {
      Caller owner = world.depositor(name);
      owners.add(owner);
      accounts.add(world.account(owner, EUR, FUNDS));
    }
    long seed = new SplittableRandom().nextLong();
    SplittableRandom seeds = new SplittableRandom(seed);
    CyclicBarrier start = new CyclicBarrier(THREADS);

    int posted = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = seeds.split();
        tasks.add(
            () -> {
              start.await(30, TimeUnit.SECONDS);
              return transferAtRandom(world, owners, accounts, random);
            });
      }
      for (Future<Integer> task : pool.invokeAll(tasks)) {
        posted += task.get();
      }
    }

    assertThat(posted).as("seed %d", seed).isPositive();
    long total = 0;
    int entries = 0;
    for (Account account : accounts) {
      List<Entry> history = world.stores.entries().list(account.id(), 10_000, null, null, null);
      assertThatEntriesExplainTheBalance(history, world.balance(account), seed);
      assertThat(world.balance(account)).as("seed %d", seed).isNotNegative();
      total += world.balance(account);
      entries += history.size();
    }
    assertThat(total).as("seed %d", seed).isEqualTo(FUNDS * accounts.size());
    assertThat(world.balance(world.settlementAccount(EUR))).isEqualTo(-total);
    assertThat(entries).isEqualTo(2 * posted + accounts.size());
  }

  private static int transferAtRandom(
      World world, List<Caller> owners, List<Account> accounts, SplittableRandom random) {
    int posted = 0;
    for (int i = 0; i < EACH; i++) {
      int from = random.nextInt(accounts.size());
      int to = random.nextInt(accounts.size());
      TransferOutcome outcome =
          world.transfer(
              owners.get(from), accounts.get(from), accounts.get(to), random.nextInt(1, 40));
      if (outcome instanceof TransferOutcome.Posted) {
        posted++;
      }
    }
    return posted;
  }

  private static void assertThatEntriesExplainTheBalance(
      List<Entry> newestFirst, long expected, long seed) {
    long balance = 0;
    for (Entry entry : newestFirst.reversed()) {
      balance += entry.amount().minorUnits();
      assertThat(entry.balanceAfter().minorUnits()).as("seed %d", seed).isEqualTo(balance);
    }
    assertThat(balance).as("seed %d", seed).isEqualTo(expected);
  }
}
