package io.simplebank.bootstrap.postgres;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates what nobody but its owner may read, where the file system knows owners. */
public final class OwnerOnly {

  static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /** The directory, made with its parents where it is missing. */
  static Path directory(Path path) throws IOException {
    return Files.createDirectories(path, permissions("rwx------"));
  }

  /** The file, made empty where it is missing. */
  public static Path file(Path path) throws IOException {
    try {
      return Files.createFile(path, permissions("rw-------"));
    } catch (FileAlreadyExistsException e) {
      return path;
    }
  }

  private static FileAttribute<?>[] permissions(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
