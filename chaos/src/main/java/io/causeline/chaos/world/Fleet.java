package io.causeline.chaos.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All processes of Causeline, with their settings; what ends by itself is started again. */
public final class Fleet implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final int PARTITIONS = 3;

  private final Map<Role, ServiceProcess> processes = new EnumMap<>(Role.class);
  private final Map<Role, Integer> ports = new EnumMap<>(Role.class);
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Progress progress;
  private final Thread reviver;
  private final Thread hook;
  private volatile boolean closed;

  private Fleet(Path folder, URI apiServer, URI slack, Progress progress) throws IOException {
    this.progress = progress;
    Ports free = new Ports();
    for (Role role : Role.values()) {
      ports.put(role, free.next());
    }
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfig(apiServer));
    for (Role role : Role.values()) {
      List<String> arguments;
      if (role == Role.BROKER) {
        arguments =
            List.of("--port", "" + ports.get(role), "--data", folder.resolve("kafka").toString());
      } else {
        Path settings = folder.resolve(role.command() + ".yaml");
        Files.writeString(settings, settings(role, folder, kubeconfig, slack));
        arguments = List.of("--config", settings.toString());
      }
      processes.put(
          role, new ServiceProcess(role, arguments, folder.resolve(role.command() + ".log")));
    }
    this.reviver = new Thread(this::revive, "chaos-reviver");
    reviver.setDaemon(true);
    this.hook = new Thread(this::killAll, "chaos-end");
  }

  /**
   * Starts everything; returns when all of it is ready.
   *
   * @param folder for data, settings and logs
   * @param apiServer of the cluster that is watched
   * @param slack address of Slack's Web API
   */
  static Fleet start(Path folder, URI apiServer, URI slack, Progress progress)
      throws IOException, InterruptedException {
    Fleet fleet = new Fleet(folder, apiServer, slack, progress);
    Runtime.getRuntime().addShutdownHook(fleet.hook);
    for (Role role : Role.values()) {
      fleet.process(role).start();
    }
    fleet.reviver.start();
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!fleet.notReady().isEmpty()) {
      if (System.nanoTime() > deadline) {
        List<String> missing = fleet.notReady();
        fleet.close();
        throw new IOException("not ready after " + START_PATIENCE.toSeconds() + " s: " + missing);
      }
      Thread.sleep(200);
    }
    return fleet;
  }

  private String settings(Role role, Path folder, Path kubeconfig, URI slack) {
    return """
    causeline:
      cluster: alpha
      kafka:
        bootstrap-servers: %s
        partitions: %d
        replication: 1
        properties:
          # Those of a process that was killed are free again soon.
          session.timeout.ms: "6000"
          heartbeat.interval.ms: "1500"
      http:
        port: %d
      collector:
        kubeconfig: %s
        heartbeat-interval: 2s
        watch-duration: 20s
        request-timeout: 5s
        lease:
          namespace: default
          duration: 4s
          renew-deadline: 3s
          retry-period: 500ms
      state-dir: %s
      threads: 1
      standby-replicas: 0
      store-memory-mib: 48
      alertmanager:
        clusters: [alpha, beta, gamma]
        heartbeat-interval: 2s
      chat:
        slack:
          token-file: %s
          channel: %s
          api-url: %s
    """
        .formatted(
            bootstrap(),
            PARTITIONS,
            port(role),
            kubeconfig,
            folder.resolve("state"),
            token(folder),
            SlackDouble.CHANNEL,
            slack);
  }

  private static Path token(Path folder) {
    try {
      return Files.writeString(folder.resolve("slack-token"), SlackDouble.TOKEN);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String kubeconfig(URI apiServer) {
    return """
    apiVersion: v1
    kind: Config
    current-context: played
    clusters: [{name: played, cluster: {server: "%s"}}]
    users: [{name: played, user: {}}]
    contexts: [{name: played, context: {cluster: played, user: played}}]
    """
        .formatted(apiServer);
  }

  private int port(Role role) {
    Integer port = ports.get(role);
    if (port == null) {
      throw new IllegalStateException("no port for " + role);
    }
    return port;
  }

  ServiceProcess process(Role role) {
    ServiceProcess process = processes.get(role);
    if (process == null) {
      throw new IllegalStateException("no process " + role);
    }
    return process;
  }

  /** Of the broker, as Kafka's clients take it. */
  public String bootstrap() {
    return "127.0.0.1:" + port(Role.BROKER);
  }

  /** How many partitions each topic has. */
  public int partitions() {
    return PARTITIONS;
  }

  /** Where a service's HTTP is. */
  public URI http(Role role) {
    return URI.create("http://127.0.0.1:" + port(role));
  }

  /** kill -9. */
  void kill(Role role) throws InterruptedException {
    process(role).kill();
  }

  void restart(Role role) throws IOException {
    process(role).start();
  }

  /** How often processes ended without having been killed. */
  public int ended() {
    return processes.values().stream().mapToInt(ServiceProcess::ended).sum();
  }

  /** The services that do not say that they are ready, and why. */
  public List<String> notReady() throws InterruptedException {
    List<String> notReady = new ArrayList<>();
    for (Role role : Role.SERVICES) {
      try {
        var answer =
            http.send(
                HttpRequest.newBuilder(http(role).resolve("/readyz"))
                    .timeout(Duration.ofSeconds(5))
                    .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          notReady.add(role.command() + " " + answer.statusCode() + " " + answer.body());
        }
      } catch (IOException e) {
        notReady.add(role.command() + " " + e);
      }
    }
    return notReady;
  }

  private void revive() {
    while (!closed) {
      try {
        for (ServiceProcess process : processes.values()) {
          if (process.revive()) {
            progress.say(process.role().command() + " ended by itself; started again");
          }
        }
        Thread.sleep(300);
      } catch (IOException e) {
        progress.say("a process cannot be started: " + e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void killAll() {
    closed = true;
    for (ServiceProcess process : processes.values()) {
      try {
        process.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    reviver.interrupt();
    killAll();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
