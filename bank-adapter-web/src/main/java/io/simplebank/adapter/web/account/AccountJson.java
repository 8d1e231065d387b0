package io.simplebank.adapter.web.account;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.user.Caller;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An account as clients see it. What a stranger may not see is left out. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record AccountJson(
    long id,
    String owner,
    @Nullable Long balance,
    @Nullable Long availableBalance,
    String currency,
    @Nullable String status,
    @Nullable Instant createdAt) {

  /** The owner of a settlement account: no username, because none holds an @. */
  private static final String BANK = "@bank";

  /** What that caller sees of that account: all, if it is theirs or they are a banker. */
  public static AccountJson of(Account account, Caller caller) {
    return account.isVisibleTo(caller)
        ? full(account)
        : new AccountJson(
            account.id().value(), ownerOf(account), null, null, codeOf(account), null, null);
  }

  static AccountJson full(Account account) {
    return new AccountJson(
        account.id().value(),
        ownerOf(account),
        account.balance().minorUnits(),
        account.available().minorUnits(),
        codeOf(account),
        account.status().name().toLowerCase(Locale.ROOT),
        account.createdAt());
  }

  private static String ownerOf(Account account) {
    return switch (account.owner()) {
      case Owner.Customer(var username) -> username.value();
      case Owner.Bank() -> BANK;
    };
  }

  private static String codeOf(Account account) {
    return account.currency().getCurrencyCode();
  }
}
