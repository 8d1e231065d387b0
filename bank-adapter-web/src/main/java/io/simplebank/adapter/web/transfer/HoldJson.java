package io.simplebank.adapter.web.transfer;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.adapter.web.account.AccountJson;
import io.simplebank.domain.transfer.Hold;
import io.simplebank.domain.user.Caller;

/**
 * A pending or voided transfer with what the caller may see of its two sides. It has no entries.
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record HoldJson(TransferJson transfer, AccountJson fromAccount, AccountJson toAccount) {

  static HoldJson of(Hold hold, Caller caller) {
    return new HoldJson(
        TransferJson.of(hold.transfer()),
        AccountJson.of(hold.from(), caller),
        AccountJson.of(hold.to(), caller));
  }
}
