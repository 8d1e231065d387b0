package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PasswordHasher} does. */
public abstract class PasswordHasherContract {
  /** For the tests of each store that keeps this contract. */
  protected PasswordHasherContract() {}

  /** The hasher under test. */
  protected abstract PasswordHasher hasher();

  @ParameterizedTest
  @ValueSource(strings = {"correct horse", "        ", "пароль🔑", "quote'\"\\$2b$10$"})
  void recognises_a_password_by_its_hash(String text) {
    PasswordHash hash = hasher().hash(new Password(text));

    assertThat(hasher().matches(new Password(text), hash)).isTrue();
  }

  @Test
  void does_not_take_another_password() {
    PasswordHash hash = hasher().hash(new Password("correct horse"));

    assertThat(hasher().matches(new Password("Correct horse"), hash)).isFalse();
    assertThat(hasher().matches(new Password("correct horse "), hash)).isFalse();
    assertThat(hasher().matches(new Password("correct hors"), hash)).isFalse();
  }

  @Test
  void reads_a_password_to_its_last_byte() {
    Password longest = new Password("x".repeat(Password.MAX_BYTES));
    PasswordHash hash = hasher().hash(longest);

    assertThat(hasher().matches(longest, hash)).isTrue();
    assertThat(hasher().matches(new Password("x".repeat(Password.MAX_BYTES - 1)), hash)).isFalse();
    assertThat(hasher().matches(new Password("x".repeat(Password.MAX_BYTES - 1) + "y"), hash))
        .isFalse();
  }

  @Test
  void tells_letters_outside_ascii_apart() {
    PasswordHash hash = hasher().hash(new Password("ääääää"));

    assertThat(hasher().matches(new Password("öööööö"), hash)).isFalse();
    assertThat(hasher().matches(new Password("????????????"), hash)).isFalse();
  }

  @Test
  void salts_each_hash_anew() {
    Password password = new Password("correct horse");

    assertThat(hasher().hash(password)).isNotEqualTo(hasher().hash(password));
  }

  @Test
  void keeps_no_password_in_the_clear() {
    assertThat(hasher().hash(new Password("correct horse")).value()).doesNotContain("correct");
  }
}
