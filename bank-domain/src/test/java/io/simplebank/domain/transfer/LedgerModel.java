package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.user.Role;
import java.math.BigInteger;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger once more, written down as naively as possible and without any of the production rules
 * or arithmetic, for the real one to be compared with. A rule that changes must be changed here by
 * hand, from its description, not by copying.
 */
final class LedgerModel {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** What an order comes to when nothing speaks against it. */
  static final String POSTED = "Posted";

  private static final class Row {
    private final String owner;
    private final boolean bank;
    private final String currency;
    private final boolean pays;
    private final boolean receives;
    // The overdraft limit less the pending debits: what makes the balance the available one.
    private final BigInteger allowance;
    private BigInteger balance;

    Row(Account account) {
      owner =
          switch (account.owner()) {
            case Owner.Customer customer -> customer.username().value();
            case Owner.Bank() -> "";
          };
      bank = owner.isEmpty();
      currency = account.currency().getCurrencyCode();
      pays = account.status() == AccountStatus.OPEN;
      receives = account.status() == AccountStatus.OPEN || account.status() == AccountStatus.FROZEN;
      balance = BigInteger.valueOf(account.balance().minorUnits());
      allowance =
          BigInteger.valueOf(account.overdraftLimit().minorUnits())
              .subtract(BigInteger.valueOf(account.pendingDebits().minorUnits()));
    }

    boolean countable(BigInteger newBalance) {
      BigInteger available = newBalance.add(allowance);
      return newBalance.compareTo(LEAST) >= 0
          && newBalance.compareTo(MOST) <= 0
          && available.compareTo(LEAST) >= 0
          && available.compareTo(MOST) <= 0;
    }
  }

  private final Map<AccountId, Row> rows = new HashMap<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, String> answers = new HashMap<>();

  /** Takes an account on, as it stands. */
  void open(Account account) {
    rows.put(account.id(), new Row(account));
  }

  /** Carries the order out if it may be, and says {@link #POSTED} or the name of the decline. */
  String post(TransferOrder order) {
    boolean cash = order.kind() != Kind.TRANSFER;
    BigInteger amount = BigInteger.valueOf(order.amount().minorUnits());
    if (cash && order.orderedBy().role() != Role.BANKER) {
      return "BankersOnly";
    }
    if (amount.signum() < 1) {
      return "AmountNotPositive";
    }
    if (order.from().value() == order.to().value()) {
      return "SameAccount";
    }
    Row from = rows.get(order.from());
    Row to = rows.get(order.to());
    if (from == null || to == null) {
      return "AccountNotFound";
    }
    if (order.kind() == Kind.DEPOSIT && !(from.bank && !to.bank)) {
      return "AccountNotFound";
    }
    if (order.kind() == Kind.WITHDRAWAL && !(!from.bank && to.bank)) {
      return "AccountNotFound";
    }
    if (!cash && (!from.owner.equals(order.orderedBy().username().value()) || to.bank)) {
      return "AccountNotFound";
    }
    if (!from.pays || !to.receives) {
      return "AccountNotOpen";
    }
    String currency = order.amount().currency().getCurrencyCode();
    if (!from.currency.equals(currency) || !to.currency.equals(currency)) {
      return "CurrencyMismatch";
    }
    BigInteger left = from.balance.subtract(amount);
    if (!from.bank && left.add(from.allowance).signum() < 0) {
      return "InsufficientFunds";
    }
    BigInteger right = to.balance.add(amount);
    if (!from.countable(left) || !to.countable(right)) {
      return "BalanceOverflow";
    }
    from.balance = left;
    to.balance = right;
    return POSTED;
  }

  /** The answer that was given under that key, which is empty where there is none. */
  Optional<String> rememberedUnder(String key) {
    return Optional.ofNullable(answers.get(key));
  }

  /** Whether what was answered under that key is what is asked now. */
  boolean wasAskedUnder(String key, String body) {
    return body.equals(bodies.get(key));
  }

  /** Takes note of an answer, unless there is no key. */
  void remember(String key, String body, String answer) {
    if (!key.isEmpty()) {
      bodies.put(key, body);
      answers.put(key, answer);
    }
  }

  /** What stands on the account now. */
  BigInteger balanceOf(AccountId id) {
    return row(id).balance;
  }

  /** What may be spent of it. */
  BigInteger availableOn(AccountId id) {
    return balanceOf(id).add(row(id).allowance);
  }

  /** All balances of a currency together. */
  BigInteger sumOf(Currency currency) {
    return rows.values().stream()
        .filter(row -> row.currency.equals(currency.getCurrencyCode()))
        .map(row -> row.balance)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private Row row(AccountId id) {
    Row row = rows.get(id);
    if (row == null) {
      throw new IllegalArgumentException("the model does not know " + id);
    }
    return row;
  }
}
