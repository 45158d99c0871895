package io.causeline.standalone.broker;

import io.causeline.service.StartupException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's two listening sockets, bound on loopback before Kafka starts. So an ephemeral port
 * is known in time to be written into Kafka's settings, nobody can take it in between, and a port
 * that is in use is told before anything was started.
 */
final class BrokerListeners implements ServerSocketFactory, AutoCloseable {

  static final String BROKER = "BROKER";
  static final String CONTROLLER = "CONTROLLER";

  private static final Logger log = LoggerFactory.getLogger(BrokerListeners.class);

  private final Listener broker;
  private final Listener controller;

  private BrokerListeners(Listener broker, Listener controller) {
    this.broker = broker;
    this.controller = controller;
  }

  /**
   * Binds both.
   *
   * @param brokerPort 0 for an ephemeral one
   * @throws StartupException if the port is in use
   */
  static BrokerListeners bind(int brokerPort) {
    Listener broker = Listener.bind(brokerPort);
    try {
      return new BrokerListeners(broker, Listener.bind(0));
    } catch (RuntimeException e) {
      broker.closeUnlessTaken();
      throw e;
    }
  }

  int brokerPort() {
    return broker.port;
  }

  int controllerPort() {
    return controller.port;
  }

  /** Kafka asks for the socket of each of its listeners once; from then on it is Kafka's. */
  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize)
      throws IOException {
    return switch (listenerName) {
      case BROKER -> broker.take();
      case CONTROLLER -> controller.take();
      default -> throw new IOException("no listener is named " + listenerName);
    };
  }

  /** Closes the sockets that Kafka has not taken. */
  @Override
  public void close() {
    broker.closeUnlessTaken();
    controller.closeUnlessTaken();
  }

  private static final class Listener {

    private final AtomicReference<@Nullable ServerSocketChannel> channel;
    private final int port;

    private Listener(ServerSocketChannel channel, int port) {
      this.channel = new AtomicReference<>(channel);
      this.port = port;
    }

    static Listener bind(int port) {
      try {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
          channel.bind(new InetSocketAddress(loopback, port));
          // As Kafka's own factory leaves it.
          channel.configureBlocking(false);
          return new Listener(channel, ((InetSocketAddress) channel.getLocalAddress()).getPort());
        } catch (IOException e) {
          channel.close();
          throw e;
        }
      } catch (BindException e) {
        throw new StartupException(
            "port " + port + " is in use, so the broker cannot listen on it: name another one", e);
      } catch (IOException e) {
        throw new StartupException(
            "the broker cannot listen on " + BrokerSettings.address(port) + ": " + e, e);
      }
    }

    ServerSocketChannel take() throws IOException {
      ServerSocketChannel taken = channel.getAndSet(null);
      if (taken == null) {
        throw new IOException("the socket of port " + port + " has been handed out already");
      }
      return taken;
    }

    void closeUnlessTaken() {
      ServerSocketChannel left = channel.getAndSet(null);
      if (left != null) {
        try {
          left.close();
        } catch (IOException e) {
          // It never accepted anything, so nothing is lost by it.
          log.debug("closing the socket of port {}", port, e);
        }
      }
    }
  }
}
