package io.causeline.chaos.world;

import io.causeline.chaos.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before the played API server. While it is hostile, connections are reset at once or after
 * a while, or answered as API servers do in trouble, without having reached the server.
 */
public final class HostileProxy implements AutoCloseable {

  /** What becomes of a connection. */
  enum Fate {
    /** Handed on, and reset after a while. */
    RESET_LATER,
    /** Reset before anything is answered. */
    RESET,
    /** 410 Gone: the resourceVersion is too old. */
    GONE,
    /** 200, then an ERROR of code 410 in the stream of the watch. */
    GONE_IN_STREAM,
    /** 429 with Retry-After. */
    TOO_MANY,
    /** 500. */
    FAILS,
    /** 200, and the end. */
    EMPTY;

    /** A third of the connections meets something; resets are the most common in life, too. */
    static Fate of(Random random) {
      int dice = random.nextInt(100);
      if (dice < 70) {
        return RESET_LATER;
      } else if (dice < 76) {
        return RESET;
      } else if (dice < 80) {
        return GONE;
      } else if (dice < 84) {
        return GONE_IN_STREAM;
      } else if (dice < 89) {
        return TOO_MANY;
      }
      return dice < 95 ? FAILS : EMPTY;
    }
  }

  private static final String STATUS =
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"%s\","
          + "\"reason\":\"%s\",\"code\":%d}";

  private final Seed seed;
  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool(HostileProxy::daemon);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(HostileProxy::daemon);
  private final AtomicLong connections = new AtomicLong();
  private final Map<Fate, AtomicInteger> met = new ConcurrentHashMap<>();
  private volatile boolean hostile;

  private HostileProxy(Seed seed, URI server) throws IOException {
    this.seed = seed;
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
    this.listener = new ServerSocket(0, 100, Ports.LOOPBACK);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "chaos-api-proxy");
    thread.setDaemon(true);
    return thread;
  }

  /** A proxy that is not hostile yet. */
  static HostileProxy before(URI server, Seed seed) throws IOException {
    HostileProxy proxy = new HostileProxy(seed, server);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** From now on it is, or is not. */
  void hostile(boolean now) {
    hostile = now;
  }

  /** How many connections met something. */
  int met() {
    return met.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (!hostile) {
        handOn(client, 0);
        return;
      }
      Random random = seed.random("api", connections.getAndIncrement());
      Fate fate = Fate.of(random);
      met.computeIfAbsent(fate, f -> new AtomicInteger()).incrementAndGet();
      switch (fate) {
        case RESET_LATER -> handOn(client, 2_000 + random.nextInt(18_000));
        case RESET -> reset(client);
        case GONE ->
            answer(client, "410 Gone", "", status("too old resource version", "Expired", 410));
        case GONE_IN_STREAM ->
            answer(
                client,
                "200 OK",
                "",
                "{\"type\":\"ERROR\",\"object\":"
                    + status("too old resource version", "Expired", 410)
                    + "}\n");
        case TOO_MANY ->
            answer(
                client,
                "429 Too Many Requests",
                "Retry-After: 1\r\n",
                status("too many requests", "TooManyRequests", 429));
        case FAILS ->
            answer(
                client,
                "500 Internal Server Error",
                "",
                status("etcdserver: leader changed", "InternalError", 500));
        case EMPTY -> answer(client, "200 OK", "", "");
      }
    } catch (IOException e) {
      // The client went away, which is its right.
    }
  }

  private static String status(String message, String reason, int code) {
    return STATUS.formatted(message, reason, code);
  }

  /** Linger of nothing: the other end sees a reset instead of an end. */
  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
  }

  private static void answer(Socket client, String status, String header, String body)
      throws IOException {
    readHead(client.getInputStream());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + header
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n";
    OutputStream out = client.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
  }

  /** Up to the empty line; what a request has beside its head is left unread. */
  private static void readHead(InputStream in) throws IOException {
    int ends = 0;
    while (ends < 4) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("no request");
      }
      boolean part = c == (ends % 2 == 0 ? '\r' : '\n');
      ends = part ? ends + 1 : (c == '\r' ? 1 : 0);
    }
  }

  /** Copies both ways until either ends, or until it is reset. */
  private void handOn(Socket client, int resetAfterMillis) throws IOException {
    try (Socket upstream = new Socket()) {
      upstream.connect(server, 5_000);
      ScheduledFuture<?> end =
          resetAfterMillis == 0
              ? null
              : timer.schedule(
                  () -> {
                    cut(client);
                    cut(upstream);
                  },
                  resetAfterMillis,
                  TimeUnit.MILLISECONDS);
      threads.execute(() -> copy(upstream, client));
      copy(client, upstream);
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut; so is the other way.
    } finally {
      cut(to);
    }
  }

  private static void cut(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It was closed before.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
    timer.shutdownNow();
  }
}
