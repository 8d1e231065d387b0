package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The README's table of what can be configured is neither longer nor shorter than the truth. */
class ConfigurationKeysTest {
  @Test
  void the_bank_asks_for_every_variable_that_the_readme_tells_of() {
    assertThat(ConfigurationKeys.read()).isNotEmpty().containsAll(ConfigurationKeys.documented());
  }

  @Test
  void the_readme_tells_of_every_variable_that_the_bank_asks_for() {
    assertThat(ConfigurationKeys.documented()).isNotEmpty().containsAll(ConfigurationKeys.read());
  }
}
