package io.simplebank.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailVerificationTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Secret CODE = new Secret("the code in the mail");
  private static final VerificationId ID = new VerificationId(7);
  private static final Username ADA = new Username("ada");
  private static final EmailAddress EMAIL = new EmailAddress("ada@example.com");

  private final EmailVerification requested = EmailVerification.requested(ID, ADA, EMAIL, NOW);

  @Test
  void has_no_code_until_a_mail_is_on_its_way() {
    assertThat(requested).isEqualTo(new EmailVerification(ID, ADA, EMAIL, NOW, null, null, null));
    assertThat(requested.isConfirmedBy(CODE, NOW)).isFalse();
  }

  @Test
  void keeps_the_hash_of_its_code_only() {
    EmailVerification sent = requested.withCode(CODE, NOW);

    assertThat(sent.code()).isEqualTo(CODE.hash());
    assertThat(sent.toString()).doesNotContain(CODE.value());
  }

  @Test
  void is_confirmed_by_its_code_and_no_other() {
    EmailVerification sent = requested.withCode(CODE, NOW);

    assertThat(sent.isConfirmedBy(CODE, NOW)).isTrue();
    assertThat(sent.isConfirmedBy(new Secret("another code"), NOW)).isFalse();
  }

  @Test
  void expires_with_its_code_which_is_as_old_as_the_mail() {
    Instant mailed = NOW.plusSeconds(3600);
    Instant expiry = mailed.plus(EmailVerification.CODE_LIFETIME);
    EmailVerification sent = requested.withCode(CODE, mailed);

    assertThat(sent.codeExpiresAt()).isEqualTo(expiry);
    assertThat(sent.isConfirmedBy(CODE, expiry.minusNanos(1))).isTrue();
    assertThat(sent.isConfirmedBy(CODE, expiry)).isFalse();
  }

  @Test
  void forgets_a_code_for_the_next() {
    Secret next = new Secret("the code in the second mail");
    EmailVerification sentAgain = requested.withCode(CODE, NOW).withCode(next, NOW);

    assertThat(sentAgain.isConfirmedBy(CODE, NOW)).isFalse();
    assertThat(sentAgain.isConfirmedBy(next, NOW)).isTrue();
  }

  @Test
  void stays_confirmed_as_of_the_first_time() {
    EmailVerification confirmed = requested.withCode(CODE, NOW).confirmed(NOW.plusSeconds(60));
    Instant muchLater = NOW.plusSeconds(1_000_000);

    assertThat(confirmed.confirmedAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(confirmed.confirmed(muchLater)).isEqualTo(confirmed);
    assertThat(confirmed.isConfirmedBy(CODE, muchLater)).isTrue();
    assertThat(confirmed.isConfirmedBy(new Secret("another code"), muchLater)).isFalse();
  }

  @Test
  void lets_the_next_mail_wait() {
    assertThat(requested.nextMailAt()).isEqualTo(NOW.plus(EmailVerification.PAUSE));
  }

  @Test
  void has_a_code_that_expires_and_no_confirmation_without_one() {
    assertThatIllegalArgumentException().isThrownBy(() -> with(CODE.hash(), null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> with(null, NOW, null));
    assertThatIllegalArgumentException().isThrownBy(() -> with(null, null, NOW));
    assertThatIllegalArgumentException().isThrownBy(() -> requested.confirmed(NOW));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void has_a_positive_number(long number) {
    assertThatIllegalArgumentException().isThrownBy(() -> new VerificationId(number));
  }

  private static EmailVerification with(
      @Nullable SecretHash code, @Nullable Instant codeExpiresAt, @Nullable Instant confirmedAt) {
    return new EmailVerification(ID, ADA, EMAIL, NOW, code, codeExpiresAt, confirmedAt);
  }
}
