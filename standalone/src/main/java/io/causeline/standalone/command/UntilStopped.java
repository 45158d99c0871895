package io.causeline.standalone.command;

import io.causeline.service.Lifecycle;
import io.causeline.service.StartupException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A command that runs until SIGINT or SIGTERM, which close what it has opened, or until something
 * in it has broken for good.
 */
final class UntilStopped {

  private UntilStopped() {}

  /** Has {@code lifecycle} closed when the process is asked to end, from now on. */
  static UntilStopped closing(Lifecycle lifecycle) {
    Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::close, "stop"));
    return new UntilStopped();
  }

  /**
   * Waits.
   *
   * @param failure completed when there is no going on
   * @throws StartupException saying why there is none
   */
  void await(CompletableFuture<Throwable> failure) throws InterruptedException {
    try {
      Throwable reason = failure.get();
      throw new StartupException("it broke and has to be started again: " + reason, reason);
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a failure failed", e);
    }
  }
}
