package io.simplebank.bootstrap;

import java.io.PrintStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a person who has started the bank by hand reads. It goes to standard output and not to the
 * log, because it may hold the banker's password, which no log should.
 */
final class Welcome {
  private Welcome() {}

  static void print(PrintStream out, URI address, @Nullable FirstBanker madeNow) {
    out.println();
    out.println("Simple Bank answers at " + address);
    if (madeNow != null && madeNow.passwordMadeUp()) {
      out.println();
      out.println("  A banker has been made. The password is shown here and never again:");
      out.println("    username: " + madeNow.username());
      out.println("    password: " + madeNow.password());
    }
    out.println();
    out.println("  Try it:");
    out.println("    curl " + address + "/health");
    out.println(
        "    curl "
            + address
            + "/users -d '{\"username\":\"alice\",\"password\":\"correct horse\","
            + "\"full_name\":\"Alice\",\"email\":\"alice@example.com\"}'");
    out.println("  The README has a tour of two minutes. Ctrl-C stops the bank.");
    out.println();
    out.flush();
  }
}
