package io.simplebank.adapter.web.transfer;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.adapter.web.money.OfferedCurrency;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** What is paid in or out at the counter. */
@Introspected
record CashRequest(
    @NotNull(message = "is required") @Min(value = 1, message = "must be at least {value}")
        Long amount,
    @NotNull(message = "is required") @OfferedCurrency String currency,
    @Nullable @Pattern(regexp = Reference.PATTERN, message = CashRequest.REFERENCE_MESSAGE)
        String reference)
    implements JsonBody {
  static final String REFERENCE_MESSAGE =
      "must have 1 to " + Reference.MAX_LENGTH + " characters and no control characters";

  DepositMoney.Command toDeposit(Caller caller, AccountId account) {
    return new DepositMoney.Command(caller, account, money(), Reference.ofNullable(reference));
  }

  WithdrawMoney.Command toWithdrawal(Caller caller, AccountId account) {
    return new WithdrawMoney.Command(caller, account, money(), Reference.ofNullable(reference));
  }

  private Money money() {
    return Money.of(amount, currency);
  }
}
