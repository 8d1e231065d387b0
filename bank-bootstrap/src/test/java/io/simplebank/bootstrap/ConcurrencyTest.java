package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many clients at once: no deadlock, no lost cent, no answer that is not true. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrencyTest {
  private static final int THREADS = 50;
  private static final int TRANSFERS = 2000;
  private static final int ACCOUNTS = 5;
  private static final long OPENING_BALANCE = 1_000;

  private Bank bank;
  private Client banker;

  @BeforeAll
  void start() {
    bank = ServerBank.start();
    banker = Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
  }

  @AfterAll
  void stop() {
    bank.close();
  }

  @Test
  void moves_money_back_and_forth_without_losing_a_cent() throws Exception {
    List<Holder> holders = holders();
    SplittableRandom random = new SplittableRandom(7);
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < TRANSFERS; i++) {
      int from = random.nextInt(ACCOUNTS);
      int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
      orders.add(new Order(holders.get(from), holders.get(to), 1 + random.nextInt(400)));
    }

    assertAllIsInOrder(holders, orders, run(orders));
  }

  @Test
  void moves_money_from_all_into_one_account_without_losing_a_cent() throws Exception {
    List<Holder> holders = holders();
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < TRANSFERS; i++) {
      orders.add(new Order(holders.get(1 + i % (ACCOUNTS - 1)), holders.getFirst(), 1));
    }

    assertAllIsInOrder(holders, orders, run(orders));
    assertThat(holders.getFirst().balance()).isEqualTo(OPENING_BALANCE + TRANSFERS);
  }

  private List<Holder> holders() {
    List<Holder> holders = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      Client client = Client.registered(bank.address(), "holder");
      long account = client.openAccount("USD");
      banker.deposit(account, OPENING_BALANCE, "USD").expect(201);
      holders.add(new Holder(client, account));
    }
    return holders;
  }

  /** Sends all orders, {@value #THREADS} at a time; for each, whether it was posted. */
  private static List<Boolean> run(List<Order> orders)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (Order order : orders) {
        answers.add(threads.submit(order::send));
      }
      List<Boolean> posted = new ArrayList<>();
      for (Future<Boolean> answer : answers) {
        posted.add(answer.get());
      }
      return posted;
    }
  }

  private void assertAllIsInOrder(List<Holder> holders, List<Order> orders, List<Boolean> posted) {
    long sum = 0;
    for (Holder holder : holders) {
      long expected = OPENING_BALANCE;
      for (int i = 0; i < orders.size(); i++) {
        if (posted.get(i)) {
          expected += orders.get(i).effectOn(holder);
        }
      }
      assertThat(holder.balance()).isEqualTo(expected).isNotNegative();
      assertThatEntriesLeadTo(holder, expected);
      sum += expected;
    }
    assertThat(sum).isEqualTo(ACCOUNTS * OPENING_BALANCE);
  }

  /** Each entry's balance_after is the sum of all entries up to it, over all pages. */
  private static void assertThatEntriesLeadTo(Holder holder, long balance) {
    long expected = balance;
    String path = "/accounts/" + holder.account + "/entries?limit=300";
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      Client.Answer page = holder.client.get(path + cursor.get()).expect(200);
      for (int i = 0; i < page.size("entries"); i++) {
        assertThat(page.number("entries." + i + ".balance_after")).isEqualTo(expected);
        expected -= page.number("entries." + i + ".amount");
      }
      cursor = page.find("next_cursor").map(next -> "&cursor=" + next.getStringValue());
    }
    assertThat(expected).isZero();
  }

  private record Holder(Client client, long account) {
    long balance() {
      return client.balance(account);
    }
  }

  private record Order(Holder from, Holder to, long amount) {
    boolean send() {
      Client.Answer answer = from.client.transfer(from.account, to.account, amount);
      if (answer.status() == 422) {
        answer.expect(422, "insufficient_funds");
        return false;
      }
      answer.expect(201);
      return true;
    }

    long effectOn(Holder holder) {
      return (holder.equals(to) ? amount : 0) - (holder.equals(from) ? amount : 0);
    }
  }
}
