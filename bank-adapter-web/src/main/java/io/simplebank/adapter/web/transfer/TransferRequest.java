package io.simplebank.adapter.web.transfer;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.adapter.web.money.OfferedCurrency;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

@Introspected
record TransferRequest(
    @NotNull(message = "is required") @Min(value = 1, message = "must be at least {value}")
        Long fromAccountId,
    @NotNull(message = "is required") @Min(value = 1, message = "must be at least {value}")
        Long toAccountId,
    @NotNull(message = "is required") @Min(value = 1, message = "must be at least {value}")
        Long amount,
    @NotNull(message = "is required") @OfferedCurrency String currency,
    @Nullable @Pattern(regexp = Reference.PATTERN, message = CashRequest.REFERENCE_MESSAGE)
        String reference,
    // To ignore this wish would be to move money that was only to be set aside.
    @Nullable @AssertFalse(message = "is not supported yet") Boolean pending)
    implements JsonBody {

  TransferMoney.Command toCommand(Caller caller) {
    TransferInBatch.Item item = toItem();
    return new TransferMoney.Command(
        caller, item.from(), item.to(), item.amount(), item.reference());
  }

  TransferInBatch.Item toItem() {
    return new TransferInBatch.Item(
        new AccountId(fromAccountId),
        new AccountId(toAccountId),
        Money.of(amount, currency),
        Reference.ofNullable(reference));
  }
}
