package io.simplebank.bootstrap;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.simplebank.application.session.EndedSessions;
import io.simplebank.domain.port.in.ExpirePending;
import io.simplebank.domain.port.in.ForgetAnswers;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final EndedSessions endedSessions = mock();
  private final ForgetAnswers forgetAnswers = mock();
  private final ExpirePending expirePending = mock();
  private final Rounds rounds = new Rounds(endedSessions, forgetAnswers, expirePending);

  @Test
  void forgets_one_portion_after_the_other_until_there_is_no_more() {
    when(forgetAnswers.forgetSome()).thenReturn(true, true, false);

    rounds.forgetOldAnswers();

    verify(forgetAnswers, times(3)).forgetSome();
  }

  @Test
  void writes_down_one_portion_of_what_has_expired_after_the_other_until_there_is_no_more() {
    when(expirePending.expireSome()).thenReturn(true, true, false);

    rounds.expirePendingTransfers();

    verify(expirePending, times(3)).expireSome();
  }
}
