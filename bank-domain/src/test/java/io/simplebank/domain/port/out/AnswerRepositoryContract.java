package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.transfer.LedgerBatch;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link AnswerRepository} does. */
public abstract class AnswerRepositoryContract extends StoresContract {
  /** Long before anything that other tests write. */
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  /** For the tests of each store that keeps this contract. */
  protected AnswerRepositoryContract() {}

  @Test
  void finds_all_answers_to_a_user_under_a_key_the_oldest_first() {
    ScopedKey key = freshKey();
    RememberedAnswer later = answer(key, "later", NOW.plusSeconds(1));
    RememberedAnswer earlier =
        answer(new ScopedKey(key.user(), Operation.DEPOSIT, key.key()), "earlier");
    RememberedAnswer anothers =
        answer(
            new ScopedKey(registeredUser().username(), Operation.TRANSFER, key.key()), "another's");
    write(later, earlier, anothers);

    assertThat(stores().answers().find(key.user(), key.key())).containsExactly(earlier, later);
  }

  @Test
  void finds_nothing_under_an_unknown_key() {
    ScopedKey key = freshKey();

    assertThat(stores().answers().find(key.user(), key.key())).isEmpty();
  }

  @Test
  void forgets_the_oldest_answers_and_no_more_than_asked() {
    RememberedAnswer oldest = answer(freshKey(), "oldest", LONG_AGO);
    RememberedAnswer old = answer(freshKey(), "old", LONG_AGO.plusSeconds(1));
    RememberedAnswer kept = answer(freshKey(), "kept", LONG_AGO.plusSeconds(2));
    write(kept, old, oldest);
    Instant before = kept.at();

    assertThat(stores().answers().forgetAnswers(before, 1)).isEqualTo(1);
    assertThat(found(oldest)).isEmpty();
    assertThat(found(old)).containsExactly(old);
    assertThat(stores().answers().forgetAnswers(before, 10)).isEqualTo(1);
    assertThat(stores().answers().forgetAnswers(before, 10)).isZero();
    assertThat(found(old)).isEmpty();
    assertThat(found(kept)).containsExactly(kept);

    assertThat(stores().answers().forgetAnswers(before.plusSeconds(1), 10)).isEqualTo(1);
    assertThat(found(kept)).isEmpty();
    // Its key is as good as new.
    write(kept);
    assertThat(stores().answers().forgetAnswers(before.plusSeconds(1), 10)).isEqualTo(1);
  }

  private void write(RememberedAnswer... answers) {
    stores()
        .transactions()
        .inTransaction(
            () -> {
              LedgerBatch nothing = new LedgerBatch(List.of(), opened(0).numbering(), NOW);
              stores().ledger().write(BatchKey.random(), nothing, List.of(answers));
              return nothing;
            });
  }

  private List<RememberedAnswer> found(RememberedAnswer answer) {
    return stores().answers().find(answer.key().user(), answer.key().key());
  }
}
