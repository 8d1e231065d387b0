package io.simplebank.domain.port.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueriesTest {
  private static final Caller ALICE = new Caller(new Username("alice"), Role.DEPOSITOR);

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 100", "2147483647, 100"})
  void asks_for_a_page_of_accounts(int page, int pageSize) {
    ListAccounts.Query query = new ListAccounts.Query(ALICE, page, pageSize);

    assertThat(query.page()).isEqualTo(page);
    assertThat(query.pageSize()).isEqualTo(pageSize);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "-1, 5", "1, 0", "1, -1", "1, 101"})
  void asks_for_no_page_of_accounts_out_of_range(int page, int pageSize) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ListAccounts.Query(ALICE, page, pageSize));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 100", "2147483647, 100"})
  void asks_for_a_page_of_users(int page, int pageSize) {
    ListUsers.Query query = new ListUsers.Query(ALICE, page, pageSize);

    assertThat(query.page()).isEqualTo(page);
    assertThat(query.pageSize()).isEqualTo(pageSize);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "-1, 5", "1, 0", "1, -1", "1, 101"})
  void asks_for_no_page_of_users_out_of_range(int page, int pageSize) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ListUsers.Query(ALICE, page, pageSize));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, ListEntries.MAX_LIMIT})
  void asks_for_a_page_of_entries(int limit) {
    assertThat(entries(limit).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, ListEntries.MAX_LIMIT + 1})
  void asks_for_no_page_of_entries_out_of_range(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> entries(limit));
  }

  @Test
  void holds_a_page_that_nobody_changes_afterwards() {
    List<Entry> entries = new ArrayList<>();
    ListEntries.Page page = new ListEntries.Page(entries, Optional.empty());

    assertThat(page.entries()).isEmpty();
    assertThat(page.entries()).isUnmodifiable();
    assertThat(page.entries()).isNotSameAs(entries);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, ListTransfers.MAX_LIMIT})
  void asks_for_a_page_of_transfers(int limit) {
    assertThat(transfers(limit).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, ListTransfers.MAX_LIMIT + 1})
  void asks_for_no_page_of_transfers_out_of_range(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> transfers(limit));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, TransferInBatch.MAX_TRANSFERS})
  void sends_money_to_many(int transfers) {
    assertThat(batch(transfers).transfers()).hasSize(transfers);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, TransferInBatch.MAX_TRANSFERS + 1})
  void sends_no_money_to_nobody_or_to_too_many(int transfers) {
    assertThatIllegalArgumentException().isThrownBy(() -> batch(transfers));
  }

  private static TransferInBatch.Command batch(int transfers) {
    TransferInBatch.Item item =
        new TransferInBatch.Item(new AccountId(1), new AccountId(2), Money.of(1, "EUR"), null);
    return new TransferInBatch.Command(ALICE, true, Collections.nCopies(transfers, item));
  }

  private static ListEntries.Query entries(int limit) {
    return new ListEntries.Query(ALICE, new AccountId(1), limit, null, null, null);
  }

  private static ListTransfers.Query transfers(int limit) {
    return new ListTransfers.Query(ALICE, new AccountId(1), limit, null);
  }
}
