package io.simplebank.deploy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bank as the container image has it, as far as that goes without a container: the Java modules
 * and options that the Dockerfile names and no others, without the libraries that it leaves out.
 */
final class ImageProcess implements AutoCloseable {
  private static final Dockerfile DOCKERFILE = Dockerfile.read();
  private static final Pattern GREETING = Pattern.compile("The bank answers at (http\\S+)");

  private final Process process;
  private final BufferedReader reader;
  private final List<String> output = new ArrayList<>();

  private ImageProcess(Process process) {
    this.process = process;
    this.reader = process.inputReader();
  }

  static ImageProcess start(Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules=" + DOCKERFILE.argument("JAVA_MODULES"),
                "--class-path=" + String.join(File.pathSeparator, classPath()),
                "io.simplebank.bootstrap.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("BANK_"));
    builder
        .environment()
        .put(
            "JDK_JAVA_OPTIONS",
            DOCKERFILE
                .environment("JDK_JAVA_OPTIONS")
                .orElseThrow()
                .replace("@/app/", "@" + DeployFiles.DEPLOY.toAbsolutePath() + "/"));
    builder.environment().putAll(environment);
    try {
      return new ImageProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> DOCKERFILE.leftOutLibraries().stream().noneMatch(glob -> is(entry, glob)))
        .toList();
  }

  private static boolean is(String entry, String glob) {
    return FileSystems.getDefault()
        .getPathMatcher("glob:" + glob)
        .matches(Path.of(entry).getFileName());
  }

  /** What the test's own class path has and the image has not. */
  static List<String> leftOut() {
    List<String> kept = classPath();
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !kept.contains(entry))
        .map(entry -> Path.of(entry).getFileName().toString())
        .toList();
  }

  /** Waits until it answers, and returns where. */
  URI address() {
    for (String line = nextLine(); line != null; line = nextLine()) {
      Matcher greeting = GREETING.matcher(line);
      if (greeting.find()) {
        return URI.create(greeting.group(1));
      }
    }
    throw new AssertionError("the bank did not start:\n" + String.join("\n", output));
  }

  /** Waits until it ends by itself, and returns its exit status. */
  int exitStatus() {
    while (nextLine() != null) {
      // Read on, so that it can write on.
    }
    return process.onExit().join().exitValue();
  }

  /** What it has printed so far, as far as that was waited for. */
  String output() {
    return String.join("\n", output);
  }

  private @Nullable String nextLine() {
    try {
      String line = reader.readLine();
      if (line != null) {
        output.add(line);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
