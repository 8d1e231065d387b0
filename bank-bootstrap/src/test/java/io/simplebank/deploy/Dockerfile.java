package io.simplebank.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The instructions of deploy/Dockerfile, continued lines joined, comments left out. */
record Dockerfile(List<Instruction> instructions) {

  record Instruction(String keyword, String arguments) {}

  static Dockerfile read() {
    String text = DeployFiles.read(DeployFiles.DEPLOY.resolve("Dockerfile"));
    List<Instruction> instructions = new ArrayList<>();
    String joined =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .reduce("", (before, line) -> before + line + "\n")
            .replaceAll("\\\\\n\\s*", "");
    for (String line : joined.lines().filter(line -> !line.isBlank()).toList()) {
      String[] words = line.strip().split("\\s+", 2);
      instructions.add(new Instruction(words[0], words[1]));
    }
    return new Dockerfile(instructions);
  }

  /** What the instructions of that kind say, in order. */
  List<String> all(String keyword) {
    return instructions.stream()
        .filter(instruction -> instruction.keyword.equals(keyword))
        .map(Instruction::arguments)
        .toList();
  }

  /** Those of the last stage, which is the image. */
  Dockerfile image() {
    int from = 0;
    for (int i = 0; i < instructions.size(); i++) {
      if (instructions.get(i).keyword.equals("FROM")) {
        from = i;
      }
    }
    return new Dockerfile(instructions.subList(from, instructions.size()));
  }

  /** The default of a build argument. */
  String argument(String name) {
    return all("ARG").stream()
        .filter(argument -> argument.startsWith(name + "="))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no ARG " + name))
        .substring(name.length() + 1);
  }

  /** The value of an environment variable, without its quotes. */
  Optional<String> environment(String name) {
    return all("ENV").stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1).replaceAll("^\"|\"$", ""))
        .findFirst();
  }

  /** The file names of the libraries that are taken away again, as globs. */
  List<String> leftOutLibraries() {
    Pattern removal = Pattern.compile("rm /image/libraries/(\\S+)");
    return all("RUN").stream()
        .flatMap(command -> removal.matcher(command).results())
        .map(result -> result.group(1))
        .toList();
  }
}
