package io.simplebank.domain.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BatchKeyTest {
  @Test
  void makes_keys_that_follow_each_other() {
    UUID first = BatchKey.random().value();
    UUID second = BatchKey.random().value();

    assertThat(second.getMostSignificantBits()).isEqualTo(first.getMostSignificantBits());
    assertThat(second.getLeastSignificantBits()).isGreaterThan(first.getLeastSignificantBits());
    assertThat(first.version()).isEqualTo(8);
    assertThat(first.variant()).isEqualTo(2);
  }
}
