package io.causeline.standalone.command;

import io.causeline.service.Lifecycle;
import io.causeline.service.StartupException;
import io.causeline.standalone.allinone.AllInOne;
import io.causeline.standalone.player.PlayedClient;
import io.causeline.standalone.player.Player;
import io.causeline.standalone.recording.RecordingReader;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code causeline demo}. */
@Command(
    name = "demo",
    description =
        "Plays a recorded real outage to all of Causeline: Kafka, the collector, the alert bridge and"
            + " the correlator, in one process on loopback.")
final class DemoCommand implements Callable<Integer> {

  private static final String SHIPPED = "/recordings/node-lost.jsonl.gz";
  private static final Duration RUN_ON = Duration.ofMinutes(30);
  private static final Duration READY = Duration.ofSeconds(60);

  private final Console console;

  @Mixin private AllInOneOptions options = new AllInOneOptions();

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      converter = Converters.OfSpeed.class,
      description = "Recorded seconds in a second (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "What to play instead of the outage that is shipped.")
  private @Nullable Path recording;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      defaultValue = "recording",
      converter = Converters.OfCluster.class,
      description = "The cluster's name (default: ${DEFAULT-VALUE}).")
  private String cluster = "";

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Lifecycle lifecycle = new Lifecycle()) {
      UntilStopped stop = UntilStopped.closing(lifecycle);
      Player player = lifecycle.add("player", Player.open(open(), speed, RUN_ON));
      AllInOne all = AllInOne.start(options.of(console, cluster, player.clock()), lifecycle);
      AllInOneOptions.follow(all, console);
      all.collect(lifecycle.add("played cluster", PlayedClient.of(player.apiServer())));
      console.out().println("Causeline's API: " + all.url() + "/api/v1/incidents");
      console.out().println("alerts are taken at " + all.webhook());
      if (!player.awaitWatched(READY)) {
        throw new StartupException(
            "the collector did not watch the played cluster within " + READY.toSeconds() + " s");
      }
      console
          .out()
          .println(
              "playing "
                  + (recording == null ? "a recorded outage: a node is lost" : recording)
                  + ", "
                  + (speed == 1 ? "in real time" : speed + " times as fast")
                  + "; Ctrl-C stops it");
      player.play(URI.create(all.webhook() + "/" + cluster));
      var unused =
          player
              .finished()
              .whenComplete(
                  (nothing, failure) ->
                      console
                          .out()
                          .println(
                              failure == null
                                  ? "the recording has ended; Ctrl-C stops Causeline"
                                  : "the recording cannot be played on: " + failure.getMessage()));
      stop.await(all.failure());
      return 0;
    }
  }

  private RecordingReader open() {
    if (recording != null) {
      return RecordingReader.open(List.of(recording));
    }
    InputStream shipped = DemoCommand.class.getResourceAsStream(SHIPPED);
    return RecordingReader.of("the shipped recording", Objects.requireNonNull(shipped));
  }
}
