package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reads all that is logged during every test class of this module, and fails the class when a
 * secret is among it that a {@link Client} has sent or received. JUnit finds this class by {@code
 * META-INF/services}: a new test need not do anything for it.
 */
public final class SecretsStayOutOfTheLog implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, LogOfEverything> logs = new HashMap<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    logs.put(context.getUniqueId(), new LogOfEverything());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LogOfEverything log = logs.remove(context.getUniqueId());
    if (log == null) {
      throw new IllegalStateException("nobody has listened to " + context.getDisplayName());
    }
    log.close();
    assertThat(KnownSecrets.toldBy(log.lines())).as("what tells a secret").isEmpty();
  }
}
