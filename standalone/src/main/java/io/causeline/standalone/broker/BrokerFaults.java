package io.causeline.standalone.broker;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka's servers report when something is broken for good. Kafka's own answer is to halt the
 * JVM, which would take everything else in this process with it unclosed; here the first fatal
 * fault completes {@link #fatal()}, and whoever owns the process ends it in order.
 */
final class BrokerFaults implements FaultHandlerFactory {

  private static final Logger log = LoggerFactory.getLogger(BrokerFaults.class);

  private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();

  /** Completed with the first fatal fault. */
  CompletableFuture<Throwable> fatal() {
    return fatal;
  }

  @Override
  public FaultHandler build(String name, boolean isFatal, Runnable action) {
    return new FaultHandler() {
      @Override
      public RuntimeException handleFault(String message, Throwable cause) {
        log.error("broker fault in {}: {}", name, message, cause);
        action.run();
        RuntimeException fault = new IllegalStateException(name + ": " + message, cause);
        if (isFatal) {
          fatal.complete(fault);
        }
        return fault;
      }
    };
  }
}
