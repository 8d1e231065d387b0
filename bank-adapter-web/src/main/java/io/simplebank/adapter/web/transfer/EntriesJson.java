package io.simplebank.adapter.web.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.port.in.ListEntries;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.ALWAYS)
@Serdeable(naming = SnakeCaseStrategy.class)
record EntriesJson(List<EntryJson> entries, @Nullable String nextCursor) {

  static EntriesJson of(ListEntries.Page page, @Nullable String nextCursor) {
    return new EntriesJson(page.entries().stream().map(EntryJson::of).toList(), nextCursor);
  }
}
