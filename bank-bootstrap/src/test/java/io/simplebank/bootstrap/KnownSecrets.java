package io.simplebank.bootstrap;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Every password, token and key that the tests have used so far. None belongs in a log. */
final class KnownSecrets {
  private static final Pattern IN_JSON =
      Pattern.compile(
          "\"(?:password|current_password|access_token|refresh_token|secret_code)\"\\s*:\\s*"
              + "\"([^\"\\\\]*)\"");

  /** Nothing shorter is taken for a password; and it would be found in innocent words. */
  private static final int SHORTEST = 8;

  private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

  private KnownSecrets() {}

  static void add(String secret) {
    if (secret.length() >= SHORTEST) {
      SECRETS.add(secret);
    }
  }

  static void forget(String secret) {
    SECRETS.remove(secret);
  }

  /** Those in what a client sends or is sent. */
  static void addFrom(String json) {
    IN_JSON.matcher(json).results().map(member -> member.group(1)).forEach(KnownSecrets::add);
  }

  /** The lines that tell one. */
  static List<String> toldBy(Collection<String> lines) {
    return lines.stream().filter(line -> SECRETS.stream().anyMatch(line::contains)).toList();
  }
}
