package io.simplebank.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FindingsTest {
  private final Findings findings = new Findings();

  @Test
  void counts_all_and_keeps_the_first_of_each_sort() {
    assertThat(findings.isEmpty()).isTrue();
    LongStream.rangeClosed(1, 250)
        .forEach(
            id -> {
              findings.add(new Finding.MissingTransfer(id, id));
              if (id % 100 == 0) {
                findings.add(new Finding.BrokenChain(id));
              }
            });

    assertThat(findings.isEmpty()).isFalse();
    assertThat(findings.counts()).isEqualTo(Map.of("missing_transfer", 250L, "broken_chain", 2L));
    assertThat(findings.shown())
        .hasSize(Findings.SHOWN + 2)
        .startsWith(new Finding.MissingTransfer(1L, 1L))
        .contains(new Finding.MissingTransfer(100L, 100L), new Finding.BrokenChain(200L))
        .doesNotContain(new Finding.MissingTransfer(101L, 101L));
  }

  @Test
  void takes_the_count_of_whoever_has_counted() {
    findings.add(List.of(), 0);
    assertThat(findings.isEmpty()).isTrue();
    findings.add(List.of(new Finding.UnsealedEntry(7L), new Finding.UnsealedEntry(8L)), 4711);

    assertThat(findings.counts()).isEqualTo(Map.of("unsealed_entry", 4711L));
    assertThat(findings.shown()).hasSize(2);
  }

  static Stream<Arguments> all() {
    BigInteger five = BigInteger.valueOf(5);
    return Stream.of(
        sort(new Finding.UnbalancedCurrency("EUR", five), "unbalanced_currency", "EUR"),
        sort(new Finding.WrongBalance(7L, five, BigInteger.ONE), "wrong_balance", "account 7"),
        sort(new Finding.MissingAccount(7L), "missing_account", "account 7"),
        sort(new Finding.BrokenBalances(7L, 8L), "broken_balances", "entry 8"),
        sort(
            new Finding.WrongPendingDebits(7L, five, BigInteger.ONE),
            "wrong_pending_debits",
            "on account 7, 5 are set aside"),
        sort(new Finding.WrongHold(7L), "wrong_hold", "set aside for transfer 7"),
        sort(new Finding.WrongSettlement(7L), "wrong_settlement", "pending transfer 7"),
        sort(new Finding.UnbalancedTransfer(7L, five), "unbalanced_transfer", "transfer 7"),
        sort(new Finding.UnsealedTransfer(7L), "unsealed_transfer", "transfer 7"),
        sort(new Finding.UnsealedEntry(7L), "unsealed_entry", "entry 7"),
        sort(new Finding.UnsealedResolution(7L), "unsealed_resolution", "pending transfer 7"),
        sort(
            new Finding.ChangedResolution(5L, 7L),
            "changed_resolution",
            "pending transfer 7 in batch 5"),
        sort(
            new Finding.MissingResolution(5L, 7L),
            "missing_resolution",
            "pending transfer 7 in batch 5"),
        sort(new Finding.ChangedTransfer(5L, 7L), "changed_transfer", "transfer 7 of batch 5"),
        sort(new Finding.ChangedEntry(5L, 7L), "changed_entry", "entry 7 of batch 5"),
        sort(new Finding.MissingTransfer(5L, 7L), "missing_transfer", "transfer 7 of batch 5"),
        sort(new Finding.MissingEntry(5L, 7L), "missing_entry", "entry 7 of batch 5"),
        sort(new Finding.BrokenChain(5L), "broken_chain", "batch 5 does not follow from batch 4"),
        sort(new Finding.BrokenChain(0L), "broken_chain", "batch 0 is not"),
        sort(new Finding.MissingBatches(5L, 5), "missing_batches", "batch 5 is missing"),
        sort(new Finding.MissingBatches(5L, 7), "missing_batches", "batches 5 to 7 are missing"),
        sort(new Finding.UnknownHead(5L, Digest.NONE), "unknown_head", "batch 5"));
  }

  private static Arguments sort(Finding finding, String code, String says) {
    return Arguments.of(finding, code, says);
  }

  @ParameterizedTest
  @MethodSource("all")
  void says_what_is_wrong_with_what(Finding finding, String code, String says) {
    assertThat(finding.code()).isEqualTo(code);
    assertThat(finding.detail()).contains(says);
    for (Number number :
        Stream.of(finding.account(), finding.transfer(), finding.entry(), finding.batch())
            .filter(Objects::nonNull)
            .toList()) {
      assertThat(finding.detail()).contains(number.toString());
    }
  }

  @Test
  void reads_the_end_of_a_chain_as_it_was_printed() {
    ChainHead head = new ChainHead(17, Digest.of(new byte[0]));

    assertThat(head)
        .hasToString("17:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(ChainHead.parse(head.toString())).isEqualTo(head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17",
        "17:",
        ":e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "17:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "17:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
      })
  void reads_nothing_else_as_the_end_of_a_chain(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ChainHead.parse(text));
  }
}
