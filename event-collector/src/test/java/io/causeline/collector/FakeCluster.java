package io.causeline.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.Json;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An API server as far as lists, watches and leases go, with the ways in which real ones end
 * watches. Everything is HTTP on loopback; each connection serves one request.
 */
public final class FakeCluster implements AutoCloseable {

  /** How a watch from a resourceVersion that is compacted away is answered. */
  public enum Expiry {
    STATUS,
    IN_STREAM,
    CLOSE_AT_ONCE
  }

  /** One answer that differs from what the objects say. */
  public enum Fault {
    GONE,
    FORBIDDEN,
    NOT_FOUND,
    UNAVAILABLE,
    CLOSE_AT_ONCE,
    GARBAGE_LINE
  }

  /** A request, as it came. */
  public record Request(String method, String path, Map<String, String> query) {
    boolean isWatch() {
      return "true".equals(query.get("watch"));
    }
  }

  private record Change(long version, String type, ObjectNode object) {}

  private static final class Resource {
    final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    final List<Change> log = new ArrayList<>();
    final Deque<Fault> listFaults = new ArrayDeque<>();
    final Deque<Fault> watchFaults = new ArrayDeque<>();
    long compacted;
    int closed;
    int cut;
  }

  private static final List<String> STREAM_HEADERS =
      List.of(
          "HTTP/1.1 200 OK",
          "Content-Type: application/json",
          "Transfer-Encoding: chunked",
          "Connection: close");

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool(FakeCluster::daemon);
  private final Map<String, Resource> resources = new HashMap<>();
  private final Map<String, List<ObjectNode>> pages = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private Expiry expiry = Expiry.STATUS;
  private boolean away;
  private long version = 100;

  public FakeCluster() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fake-cluster");
    thread.setDaemon(true);
    return thread;
  }

  public KubernetesClient client() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getLocalPort())
            .withNamespace("causeline")
            .withRequestTimeout(2_000)
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Creates or updates an object; returns its resourceVersion. */
  public synchronized long put(String resource, ObjectNode object) {
    Resource r = resource(resource);
    ObjectNode copy = object.deepCopy();
    long now = ++version;
    ((ObjectNode) copy.path("metadata")).put("resourceVersion", Long.toString(now));
    boolean there = r.objects.put(key(copy), copy) != null;
    r.log.add(new Change(now, there ? "MODIFIED" : "ADDED", copy));
    notifyAll();
    return now;
  }

  public synchronized void delete(String resource, String namespace, String name) {
    Resource r = resource(resource);
    ObjectNode last = r.objects.remove(namespace + "/" + name).deepCopy();
    ((ObjectNode) last.path("metadata")).put("resourceVersion", Long.toString(++version));
    r.log.add(new Change(version, "DELETED", last));
    notifyAll();
  }

  public synchronized void bookmark(String resource) {
    ObjectNode object = Json.mapper().createObjectNode();
    object.putObject("metadata").put("resourceVersion", Long.toString(++version));
    resource(resource).log.add(new Change(version, "BOOKMARK", object));
    notifyAll();
  }

  /** Something is written that concerns none of the resources. */
  public synchronized long advance() {
    return ++version;
  }

  /** Forgets changes, as etcd's compaction does. */
  public synchronized void compact(String resource) {
    resource(resource).compacted = version;
    resource(resource).log.clear();
  }

  public synchronized void expiresBy(Expiry how) {
    expiry = how;
  }

  /** Ends the open watches of a resource in good order. */
  public synchronized void endWatches(String resource) {
    resource(resource).closed++;
    notifyAll();
  }

  /** Breaks the open watches of a resource off. */
  public synchronized void cutWatches(String resource) {
    resource(resource).cut++;
    notifyAll();
  }

  /** Nothing answers any more, or again. */
  public synchronized void away(boolean now) {
    away = now;
    if (away) {
      resources.values().forEach(r -> r.cut++);
      sockets.forEach(FakeCluster::closeQuietly);
      notifyAll();
    }
  }

  public synchronized void failLists(String resource, Fault... faults) {
    resource(resource).listFaults.addAll(List.of(faults));
  }

  public synchronized void listWell(String resource) {
    resource(resource).listFaults.clear();
  }

  public synchronized void failWatches(String resource, Fault... faults) {
    resource(resource).watchFaults.addAll(List.of(faults));
  }

  public synchronized List<Request> lists(String resource) {
    return requests.stream()
        .filter(r -> r.path().endsWith("/" + resource) && !r.isWatch() && r.method().equals("GET"))
        .toList();
  }

  public synchronized List<Request> watches(String resource) {
    return requests.stream().filter(r -> r.path().endsWith("/" + resource) && r.isWatch()).toList();
  }

  /** An object that is neither listed nor watched, such as a lease, by its path. */
  public synchronized JsonNode stored(String path) {
    return resource("by-path").objects.get(path);
  }

  public synchronized void store(String path, ObjectNode object) {
    ((ObjectNode) object.path("metadata")).put("resourceVersion", Long.toString(++version));
    resource("by-path").objects.put(path, object);
  }

  @Override
  public void close() {
    closeQuietly(server);
    away(true);
    threads.shutdownNow();
  }

  private Resource resource(String name) {
    return resources.computeIfAbsent(name, n -> new Resource());
  }

  private static String key(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.path("namespace").asText("-") + "/" + metadata.path("name").asText();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        synchronized (this) {
          sockets.add(socket);
        }
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String first = line(in);
      if (first.isEmpty()) {
        return;
      }
      int length = 0;
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).trim());
        }
      }
      byte[] body = in.readNBytes(length);
      Request request = request(first);
      synchronized (this) {
        if (away) {
          return;
        }
        requests.add(request);
      }
      answer(request, body, socket.getOutputStream());
    } catch (IOException e) {
      // the client has closed it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Request request, byte[] body, OutputStream out)
      throws IOException, InterruptedException {
    if (request.path().contains("/leases")) {
      lease(request, body, out);
    } else if (request.isWatch()) {
      watch(request, out);
    } else {
      list(request, out);
    }
  }

  private void list(Request request, OutputStream out) throws IOException {
    String name = request.path().substring(request.path().lastIndexOf('/') + 1);
    ObjectNode list = Json.mapper().createObjectNode();
    Fault fault;
    synchronized (this) {
      Resource r = resource(name);
      fault = r.listFaults.poll();
      int limit = Integer.parseInt(request.query().getOrDefault("limit", "500"));
      String token = request.query().get("continue");
      List<ObjectNode> all = pages.remove(name + token); // all pages are of the moment of the first
      int from = all == null ? 0 : Integer.parseInt(token.substring(token.indexOf('+') + 1));
      String listed = all == null ? Long.toString(version) : token.substring(0, token.indexOf('+'));
      all = all == null ? new ArrayList<>(r.objects.values()) : all;
      int to = Math.min(all.size(), from + limit);
      ArrayNode items = list.put("kind", "List").putArray("items");
      for (ObjectNode object : all.subList(from, to)) {
        ObjectNode item = object.deepCopy();
        item.remove("kind"); // as real lists do
        item.remove("apiVersion");
        items.add(item);
      }
      ObjectNode metadata = list.putObject("metadata").put("resourceVersion", listed);
      if (to < all.size()) {
        String next = listed + "+" + to;
        pages.put(name + next, all);
        metadata.put("continue", next);
      }
    }
    if (fault != null) {
      refuse(fault, out);
    } else {
      respond(200, list, out);
    }
  }

  private void watch(Request request, OutputStream out) throws IOException, InterruptedException {
    String name = request.path().substring(request.path().lastIndexOf('/') + 1);
    long from = Long.parseLong(request.query().get("resourceVersion"));
    long seconds = Long.parseLong(request.query().getOrDefault("timeoutSeconds", "300"));
    Resource r;
    Fault fault;
    boolean expired;
    int closed;
    int cut;
    synchronized (this) {
      r = resource(name);
      fault = r.watchFaults.poll();
      expired = from < r.compacted;
      closed = r.closed;
      cut = r.cut;
    }
    if (fault != null && fault != Fault.CLOSE_AT_ONCE && fault != Fault.GARBAGE_LINE) {
      refuse(fault, out);
      return;
    }
    if (expired && expiry == Expiry.STATUS) {
      refuse(Fault.GONE, out);
      return;
    }
    write(out, String.join("\r\n", STREAM_HEADERS) + "\r\n\r\n");
    if (expired && expiry == Expiry.IN_STREAM) {
      chunk(out, "{\"type\":\"ERROR\",\"object\":" + status(410, "Expired") + "}\n");
    }
    if (fault == Fault.GARBAGE_LINE) {
      chunk(out, "{\"type\":\"ADDED\",\"object\":{\"metadata\":\u0000\n[]\n\n");
    }
    if (expired || fault == Fault.CLOSE_AT_ONCE) {
      chunk(out, "");
      return;
    }
    if (stream(r, from, closed, cut, seconds, out)) {
      chunk(out, "");
    }
  }

  /** Sends changes; true if the watch is to end in good order. */
  private boolean stream(Resource r, long from, int closed, int cut, long seconds, OutputStream out)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long sent = from;
    while (true) {
      List<Change> news;
      synchronized (this) {
        long last = sent;
        news = r.log.stream().filter(change -> change.version() > last).toList();
        if (news.isEmpty()) {
          if (r.cut != cut) {
            return false;
          }
          long left = (end - System.nanoTime()) / 1_000_000;
          if (r.closed != closed || left <= 0) {
            return true;
          }
          wait(left);
        }
      }
      for (Change change : news) {
        chunk(out, "{\"type\":\"" + change.type() + "\",\"object\":" + change.object() + "}\n");
        sent = change.version();
      }
    }
  }

  private void lease(Request request, byte[] body, OutputStream out) throws IOException {
    int status = 200;
    JsonNode answer;
    synchronized (this) {
      Resource byPath = resource("by-path");
      if (request.method().equals("GET")) {
        answer = byPath.objects.get(request.path());
        status = answer == null ? 404 : 200;
      } else {
        ObjectNode object = (ObjectNode) Json.mapper().readTree(body);
        String path =
            request.method().equals("POST")
                ? request.path() + "/" + object.at("/metadata/name").asText()
                : request.path();
        ObjectNode old = byPath.objects.get(path);
        String version = object.at("/metadata/resourceVersion").asText();
        boolean conflict =
            request.method().equals("POST")
                ? old != null
                : old == null || !old.at("/metadata/resourceVersion").asText().equals(version);
        if (conflict) {
          status = 409;
        } else {
          store(path, object);
        }
        answer = object;
      }
    }
    respond(status, status < 300 ? answer : status(status, "Conflict"), out);
  }

  private static void refuse(Fault fault, OutputStream out) throws IOException {
    switch (fault) {
      case GONE -> respond(410, status(410, "Expired"), out);
      case FORBIDDEN -> respond(403, status(403, "Forbidden"), out);
      case NOT_FOUND -> respond(404, status(404, "NotFound"), out);
      case UNAVAILABLE -> respond(503, status(503, "ServiceUnavailable"), out);
      default -> throw new IllegalArgumentException(fault.name());
    }
  }

  private static ObjectNode status(int code, String reason) {
    return Json.mapper()
        .createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("message", "said the fake: " + reason)
        .put("reason", reason)
        .put("code", code);
  }

  private static void respond(int status, JsonNode body, OutputStream out) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    write(
        out,
        "HTTP/1.1 "
            + status
            + " X\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\nConnection: close\r\n\r\n");
    out.write(bytes);
    out.flush();
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(out, Integer.toHexString(bytes.length) + "\r\n");
    out.write(bytes);
    write(out, "\r\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static Request request(String first) {
    String[] parts = first.split(" ", -1);
    String[] target = parts[1].split("\\?", 2);
    Map<String, String> query = new HashMap<>();
    if (target.length > 1) {
      for (String pair : target[1].split("&", -1)) {
        String[] kv = pair.split("=", 2);
        query.put(kv[0], URLDecoder.decode(kv[1], StandardCharsets.UTF_8));
      }
    }
    return new Request(parts[0], target[0], query);
  }

  private static void closeQuietly(AutoCloseable it) {
    try {
      it.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
