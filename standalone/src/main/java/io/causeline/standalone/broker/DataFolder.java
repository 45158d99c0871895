package io.causeline.standalone.broker;

import io.causeline.service.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a process keeps its data: a folder that was named and stays, or a temporary one that is
 * deleted on close. While open it is locked, so that two processes never write into one folder.
 */
public final class DataFolder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);

  /** Name of the folder within it that is the broker's. */
  public static final String KAFKA = "kafka";

  private static final String LOCK_FILE = "causeline.lock";

  private final Path path;
  private final boolean temporary;
  private final FileChannel lock;

  private DataFolder(Path path, boolean temporary, FileChannel lock) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * Opens the folder, creating it where it is missing.
   *
   * @param named empty for a temporary one
   * @throws StartupException if it cannot be created, written or locked
   */
  public static DataFolder open(Optional<Path> named) {
    try {
      Path path =
          named.isPresent()
              ? Files.createDirectories(named.get().toAbsolutePath().normalize())
              : Files.createTempDirectory("causeline-");
      return new DataFolder(path, named.isEmpty(), lock(path));
    } catch (IOException e) {
      throw new StartupException(
          "the data folder "
              + named.map(Path::toString).orElse("in " + System.getProperty("java.io.tmpdir"))
              + " cannot be used ("
              + e
              + "): name one that can be written",
          e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      log.debug("locked by this same process", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new StartupException(
        "the data folder "
            + path
            + " is in use by another Causeline: stop that one or name another"
            + " folder");
  }

  /** The folder, absolute. */
  public Path path() {
    return path;
  }

  /** Whether it is deleted on close. */
  public boolean temporary() {
    return temporary;
  }

  /** Gives it free, and deletes it if it was temporary. */
  @Override
  public void close() throws IOException {
    lock.close();
    if (temporary) {
      delete(path);
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              // Someone who closes beside us was faster.
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
