package io.simplebank.adapter.web.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.port.in.ListTransfers;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.ALWAYS)
@Serdeable(naming = SnakeCaseStrategy.class)
record TransfersJson(List<TransferJson> transfers, @Nullable String nextCursor) {

  static TransfersJson of(ListTransfers.Page page, @Nullable String nextCursor) {
    return new TransfersJson(page.transfers().stream().map(TransferJson::of).toList(), nextCursor);
  }
}
