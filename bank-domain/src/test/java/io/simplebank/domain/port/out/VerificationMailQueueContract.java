package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.user.User;
import io.simplebank.domain.user.VerificationId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link VerificationMailQueue} does. */
public abstract class VerificationMailQueueContract extends StoresContract {
  /** For the tests of each store that keeps this contract. */
  protected VerificationMailQueueContract() {}

  @Test
  void queues_a_mail_together_with_what_the_transaction_has_written() throws Exception {
    VerificationId id =
        stores()
            .transactions()
            .inTransaction(
                () -> {
                  VerificationId added = aVerification();
                  stores().verificationMails().add(added);
                  return added;
                });

    // In another thread, so that nothing of the transaction can linger.
    assertThat(simultaneously(1, () -> stores().queuedMails()).getFirst()).containsOnlyOnce(id);
  }

  @Test
  void queues_nothing_when_the_transaction_fails() {
    List<VerificationId> added = new ArrayList<>();

    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          added.add(aVerification());
                          stores().verificationMails().add(added.getFirst());
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(added).hasSize(1);
    assertThat(stores().queuedMails()).doesNotContain(added.getFirst());
  }

  @Test
  void queues_a_mail_outside_any_transaction_too() {
    VerificationId id = aVerification();

    stores().verificationMails().add(id);

    assertThat(stores().queuedMails()).containsOnlyOnce(id);
  }

  @Test
  void queues_a_mail_once_however_often_it_is_added() {
    VerificationId id = aVerification();

    stores().verificationMails().add(id);
    stores()
        .transactions()
        .inTransaction(
            () -> {
              stores().verificationMails().add(id);
              stores().verificationMails().add(id);
              return id;
            });

    assertThat(stores().queuedMails()).containsOnlyOnce(id);
  }

  private VerificationId aVerification() {
    User user = registeredUser();
    return stores().verifications().insert(user.username(), user.email(), NOW).id();
  }
}
