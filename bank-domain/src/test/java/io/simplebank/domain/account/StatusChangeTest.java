package io.simplebank.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusChangeTest {
  @ParameterizedTest
  @CsvSource({"FREEZE, FROZEN, OPEN", "UNFREEZE, OPEN, FROZEN", "CLOSE, CLOSED, OPEN FROZEN"})
  void leads_from_these_statuses_and_no_others(StatusChange change, AccountStatus to, String from) {
    List<String> starts =
        Arrays.stream(AccountStatus.values()).filter(change::leadsFrom).map(Enum::name).toList();

    assertThat(change.to()).isEqualTo(to);
    assertThat(String.join(" ", starts)).isEqualTo(from);
  }

  @ParameterizedTest
  @EnumSource
  void leads_nowhere_from_where_it_leads_to(StatusChange change) {
    assertThat(change.leadsFrom(change.to())).isFalse();
  }

  @Test
  void leads_out_of_a_closed_account_nowhere() {
    assertThat(StatusChange.values()).noneMatch(change -> change.leadsFrom(AccountStatus.CLOSED));
  }
}
