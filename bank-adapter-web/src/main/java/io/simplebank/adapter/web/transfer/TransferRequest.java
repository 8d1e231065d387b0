package io.simplebank.adapter.web.transfer;

import io.micronaut.core.annotation.Introspected;
import io.simplebank.adapter.web.json.JsonBody;
import io.simplebank.adapter.web.json.OnlyWith;
import io.simplebank.adapter.web.money.OfferedCurrency;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
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
    @Nullable Boolean pending,
    @Nullable
        @OnlyWith("pending")
        @Min(value = 1, message = "must be at least {value}")
        @Max(value = TransferRequest.YEAR_IN_SECONDS, message = "must be at most {value}")
        Long expiresIn)
    implements JsonBody {

  /** {@link TransferOrder#PENDING_AT_MOST}, as annotations need it. */
  static final long YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

  TransferMoney.Command toCommand(Caller caller) {
    TransferInBatch.Item item = toItem();
    return new TransferMoney.Command(
        caller, item.from(), item.to(), item.amount(), item.reference(), item.pendingFor());
  }

  TransferInBatch.Item toItem() {
    return new TransferInBatch.Item(
        new AccountId(fromAccountId),
        new AccountId(toAccountId),
        Money.of(amount, currency),
        Reference.ofNullable(reference),
        pendingFor());
  }

  private @Nullable Duration pendingFor() {
    if (!Boolean.TRUE.equals(pending)) {
      return null;
    }
    return expiresIn == null ? TransferOrder.PENDING_BY_DEFAULT : Duration.ofSeconds(expiresIn);
  }
}
