package io.simplebank.application.idempotency;

import static io.simplebank.application.world.World.EUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.out.AnswerRepository;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerServiceTest {
  private static final IdempotencyKey KEY = new IdempotencyKey("k");
  private static final Duration RETENTION = Duration.ofDays(7);

  private final World world = new World();
  private final Caller alice = world.depositor("alice");
  private final Account hers = world.account(alice, EUR, 0);
  private final AnswerService service =
      new AnswerService(world.stores.answers(), world.clock, RETENTION);

  @Test
  void tells_a_user_what_they_were_told_and_nobody_else() {
    deposit();

    assertThat(service.recall(world.banker, KEY))
        .extracting(RememberedAnswer::answer)
        .containsExactly(new Answer(201, "posted"));
    assertThat(service.recall(alice, KEY)).isEmpty();
    assertThat(service.recall(world.banker, new IdempotencyKey("K"))).isEmpty();
  }

  @Test
  void keeps_answers_for_as_long_as_it_says_and_no_longer() {
    deposit();
    world.clock.advance(RETENTION);
    assertThat(service.forgetSome()).isFalse();
    assertThat(service.recall(world.banker, KEY)).hasSize(1);

    world.clock.advance(Duration.ofNanos(1000));
    assertThat(service.forgetSome()).isFalse();

    assertThat(service.recall(world.banker, KEY)).isEmpty();
    assertThat(world.balance(hers)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "999, false", "1000, true"})
  void says_whether_there_may_be_more_to_forget(int answers, boolean more) {
    AnswerRepository repository = mock();
    when(repository.forgetAnswers(any(), eq(AnswerService.PORTION))).thenReturn(answers);

    assertThat(new AnswerService(repository, world.clock, RETENTION).forgetSome()).isEqualTo(more);
  }

  private void deposit() {
    DepositMoney.Command command =
        new DepositMoney.Command(world.banker, hers.id(), new Money(5, EUR), null);
    assertThat(
            world.transfers.deposit(command, new Once<>(KEY, outcome -> new Answer(201, "posted"))))
        .isNotNull();
  }
}
