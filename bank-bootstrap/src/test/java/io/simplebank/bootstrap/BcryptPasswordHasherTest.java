package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.port.out.PasswordHasherContract;
import io.simplebank.domain.user.Password;
import org.junit.jupiter.api.Test;

class BcryptPasswordHasherTest extends PasswordHasherContract {
  @Override
  protected PasswordHasher hasher() {
    return new BcryptPasswordHasher(4);
  }

  @Test
  void says_its_cost_in_the_hash() {
    assertThat(new BcryptPasswordHasher(5).hash(new Password("correct horse")).value())
        .startsWith("$2b$05$")
        .hasSize(60);
  }
}
