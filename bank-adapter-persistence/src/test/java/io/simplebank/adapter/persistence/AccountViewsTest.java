package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Accounts are read together when many look at once, and everybody sees their own. */
class AccountViewsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");
  private static final int ACCOUNTS = 10;
  private static final int LOOKS = 500;

  @Test
  void shows_each_who_looks_at_the_same_time_what_they_asked_for() throws Exception {
    try (ApplicationContext context =
        PostgresStores.onNewDatabase("datasources.default.maximum-pool-size", "4")) {
      AccountRepository accounts = context.getBean(AccountRepository.class);
      List<Account> opened = new ArrayList<>();
      for (int i = 0; i < ACCOUNTS; i++) {
        opened.add(open(context, new Username("looks-" + i)));
      }
      AccountId missing = new AccountId(opened.getLast().id().value() + 1);

      List<CompletionStage<Optional<Account>>> looks = new ArrayList<>();
      for (int i = 0; i < LOOKS; i++) {
        AccountId id =
            i % (ACCOUNTS + 1) == ACCOUNTS ? missing : opened.get(i % (ACCOUNTS + 1)).id();
        looks.add(accounts.find(id, NOW));
      }

      for (int i = 0; i < LOOKS; i++) {
        int place = i % (ACCOUNTS + 1);
        assertThat(looks.get(i).toCompletableFuture().get())
            .isEqualTo(place == ACCOUNTS ? Optional.empty() : Optional.of(opened.get(place)));
      }
    }
  }

  private static Account open(ApplicationContext context, Username username) {
    PostgresStores.register(context, username, NOW);
    return context
        .getBean(AccountRepository.class)
        .open(Owner.customer(username), Currency.getInstance("USD"), NOW)
        .orElseThrow();
  }
}
