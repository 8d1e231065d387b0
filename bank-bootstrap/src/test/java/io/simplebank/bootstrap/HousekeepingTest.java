package io.simplebank.bootstrap;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.simplebank.domain.port.in.ForgetAnswers;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
  @Test
  void forgets_one_portion_after_the_other_until_there_is_no_more() {
    ForgetAnswers forgetAnswers = mock();
    when(forgetAnswers.forgetSome()).thenReturn(true, true, false);

    new Housekeeping(forgetAnswers).forgetOldAnswers();

    verify(forgetAnswers, times(3)).forgetSome();
  }
}
