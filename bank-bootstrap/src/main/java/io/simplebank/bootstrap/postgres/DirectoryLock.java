package io.simplebank.bootstrap.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory is one bank's at a time. The operating system holds the lock and drops it when the
 * process dies, however it dies, so that a lock is never stale.
 */
final class DirectoryLock implements AutoCloseable {

  // POSIX drops a process's lock as soon as that process closes any handle of the file. A second
  // start in this JVM must therefore be turned away before it opens the file.
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws IOException {
    if (!TAKEN.add(directory)) {
      throw inUse(directory);
    }
    var taken = false;
    try {
      var file = OwnerOnly.file(directory.resolve("bank.lock"));
      var channel = FileChannel.open(file, StandardOpenOption.WRITE);
      taken = channel.tryLock() != null;
      if (!taken) {
        channel.close();
        throw inUse(directory);
      }
      return new DirectoryLock(directory, channel);
    } finally {
      if (!taken) {
        TAKEN.remove(directory);
      }
    }
  }

  private static EmbeddedDatabaseException inUse(Path directory) {
    return new EmbeddedDatabaseException(
        "another running bank uses "
            + directory
            + "; stop it, or give this bank a directory of its own in BANK_DATA_DIR");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    TAKEN.remove(directory);
  }
}
