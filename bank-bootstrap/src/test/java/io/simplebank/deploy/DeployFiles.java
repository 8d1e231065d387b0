package io.simplebank.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The files that operators use, as they stand in the repository. */
final class DeployFiles {
  static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  static final Path DEPLOY = REPOSITORY.resolve("deploy");

  private DeployFiles() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every YAML file in a directory and below it. */
  static List<Path> yamlFilesBelow(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The documents of a YAML file; a key that is there twice is an error. */
  static List<Node> yaml(Path file) {
    return yaml(file.toString(), read(file));
  }

  static List<Node> yaml(String name, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Node> documents = new ArrayList<>();
    try {
      for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
        documents.add(new Node(name, document));
      }
    } catch (YAMLException e) {
      throw new AssertionError(name + " is no YAML: " + e.getMessage(), e);
    }
    return documents;
  }
}
