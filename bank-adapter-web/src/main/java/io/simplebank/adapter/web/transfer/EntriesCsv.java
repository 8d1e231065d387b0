package io.simplebank.adapter.web.transfer;

import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Entries as a CSV file, of which a page is in memory at a time. The next one is fetched when the
 * client has taken the last: between two pages a statement of any length, to a client of any
 * slowness, holds neither a transaction nor a connection to the database. Entries that come in
 * meanwhile are newer than the first page and do not show.
 */
final class EntriesCsv extends InputStream {
  private static final String HEADER =
      Csv.line("id", "account_id", "transfer_id", "amount", "balance_after", "created_at");

  private final Function<EntryId, ListEntries.Page> pageBefore;
  private ByteArrayInputStream lines;
  private Optional<EntryId> next;

  /**
   * A file that begins with that page.
   *
   * @param pageBefore the page that follows where one has ended
   */
  EntriesCsv(ListEntries.Page first, Function<EntryId, ListEntries.Page> pageBefore) {
    this.pageBefore = pageBefore;
    this.lines = bytes(HEADER + linesOf(first));
    this.next = first.next();
  }

  @Override
  public int read() throws IOException {
    return turnedPage().read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return turnedPage().read(buffer, offset, length);
  }

  private ByteArrayInputStream turnedPage() throws IOException {
    while (lines.available() == 0 && next.isPresent()) {
      ListEntries.Page page = fetch(next.get());
      lines = bytes(linesOf(page));
      next = page.next();
    }
    return lines;
  }

  private ListEntries.Page fetch(EntryId before) throws IOException {
    try {
      return pageBefore.apply(before);
    } catch (RuntimeException e) {
      // The answer has begun, so all that can be done is to cut it off, which the framework does
      // at this exception and no other.
      throw new IOException("a statement was broken off before entry " + before.value(), e);
    }
  }

  private static String linesOf(ListEntries.Page page) {
    return page.entries().stream().map(EntriesCsv::line).collect(Collectors.joining());
  }

  private static String line(Entry entry) {
    return Csv.line(
        entry.id().value(),
        entry.account().value(),
        entry.transfer().value(),
        entry.amount().minorUnits(),
        entry.balanceAfter().minorUnits(),
        entry.createdAt());
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
