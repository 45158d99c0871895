package io.causeline.benchmarks.webhook;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that are ready as bytes over keep-alive connections, each the next when its last
 * was answered, from one thread that does nothing else: the load must cost little beside what it
 * loads.
 */
final class HttpLoad implements AutoCloseable {

  private static final int READ_BYTES = 8192;

  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();

  /** Connects. */
  HttpLoad(SocketAddress server, int connections) throws IOException {
    selector = Selector.open();
    for (int i = 0; i < connections; i++) {
      this.connections.add(new Connection(server));
    }
  }

  /**
   * What came of it.
   *
   * @param stored requests answered 200
   * @param refused requests answered 503, which a sender would repeat
   * @param took until the last answer
   */
  record Outcome(long stored, long refused, Duration took) {

    double perSecond() {
      return stored / (took.toNanos() / 1e9);
    }
  }

  /**
   * Sends the requests in turn, again and again, until the time is over, and waits for what is
   * under way.
   *
   * @throws IOException if a connection is cut, or a request gets an answer that is neither 200 nor
   *     503
   */
  Outcome run(List<ByteBuffer> requests, Duration time) throws IOException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long[] answers = new long[2];
    int next = 0;
    int underWay = 0;
    for (Connection connection : connections) {
      connection.begin(requests.get(next++ % requests.size()));
      underWay++;
    }
    while (underWay > 0) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        Connection connection = (Connection) key.attachment();
        HttpAnswer answer = connection.goOn();
        if (answer == null) {
          continue;
        }
        answers[counted(answer)]++;
        if (answer.status() != 200) {
          // A server that has not read the body closes the connection behind its answer.
          connection.reconnect();
        }
        if (System.nanoTime() < end) {
          connection.begin(requests.get(next++ % requests.size()));
        } else {
          underWay--;
        }
      }
      selector.selectedKeys().clear();
    }
    return new Outcome(answers[0], answers[1], Duration.ofNanos(System.nanoTime() - start));
  }

  private static int counted(HttpAnswer answer) throws IOException {
    return switch (answer.status()) {
      case 200 -> 0;
      case 503 -> 1;
      default -> throw new IOException("answered " + answer.status());
    };
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  /** One request at a time. */
  private final class Connection {

    private final SocketAddress server;
    private SocketChannel channel;
    private final byte[] in = new byte[READ_BYTES];
    private final ByteBuffer read = ByteBuffer.wrap(in);
    private ByteBuffer out = ByteBuffer.allocate(0);

    Connection(SocketAddress server) throws IOException {
      this.server = server;
      this.channel = connect();
    }

    void reconnect() throws IOException {
      channel.close();
      channel = connect();
    }

    private SocketChannel connect() throws IOException {
      SocketChannel opened = SocketChannel.open(server);
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      opened.configureBlocking(false);
      opened.register(selector, 0, this);
      return opened;
    }

    void begin(ByteBuffer request) throws IOException {
      out = request.duplicate();
      read.clear();
      write();
    }

    /** Writes or reads what it can; the answer once it is whole. */
    @Nullable HttpAnswer goOn() throws IOException {
      if (out.hasRemaining() && !answeredEarly()) {
        write();
        return null;
      }
      if (channel.read(read) < 0) {
        throw new IOException("the server closed a connection");
      }
      HttpAnswer answer = HttpAnswer.read(in, read.position());
      return read.position() < answer.length() ? null : answer;
    }

    private boolean answeredEarly() {
      SelectionKey key = channel.keyFor(selector);
      return key != null && key.isValid() && key.isReadable();
    }

    private void write() throws IOException {
      channel.write(out);
      interest(SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0));
    }

    private void interest(int operations) throws IOException {
      SelectionKey key = channel.keyFor(selector);
      if (key == null) {
        throw new IOException("the load is closed");
      }
      key.interestOps(operations);
    }
  }
}
