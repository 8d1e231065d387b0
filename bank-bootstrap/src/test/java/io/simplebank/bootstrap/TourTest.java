package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's tour does what the README says, pasted as it stands. */
class TourTest {
  private static final Path README = Path.of("..", "README.md");
  private static final List<String> TOOLS = List.of("bash", "curl", "jq");

  @Test
  void leads_through_the_bank_as_the_readme_says() throws Exception {
    for (String tool : TOOLS) {
      assumeTrue(isInstalled(tool), "the tour needs " + tool + ", which is not installed here");
    }
    try (Bank bank = ServerBank.start()) {
      ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", tour());
      shell.environment().put("BANK", bank.address().toString());
      Process process = shell.redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output)
          .contains("\"username\": \"alice\"", "\"username\": \"bob\"")
          .contains("\"balance\": -10000", "\"balance\": 6975", "\"reference\": \"dinner\"")
          .containsSubsequence("\"balance_after\": 6975", "\"balance_after\": 10000")
          .contains("\"code\": \"insufficient_funds\"");
    }
  }

  /** The block of shell commands that follows the tour's mark. */
  private static String tour() throws IOException {
    String afterMark = Files.readString(README).split("<!-- tour: ", 2)[1];
    return afterMark.split("```sh\n", 2)[1].split("\n```", 2)[0];
  }

  private static boolean isInstalled(String tool) throws InterruptedException {
    try {
      return new ProcessBuilder(tool, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
