package io.causeline.standalone.command;

import io.causeline.collector.KubernetesConnection;
import io.causeline.service.Lifecycle;
import io.causeline.standalone.allinone.AllInOne;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code causeline run}. */
@Command(
    name = "run",
    description =
        "Watches the current kubeconfig's cluster with all of Causeline and an embedded Kafka broker"
            + " in one process, with the Alertmanager webhook open.")
final class RunCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private AllInOneOptions options = new AllInOneOptions();

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      defaultValue = "default",
      converter = Converters.OfCluster.class,
      description = "The cluster's name (default: ${DEFAULT-VALUE}).")
  private String cluster = "";

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Lifecycle lifecycle = new Lifecycle()) {
      UntilStopped stop = UntilStopped.closing(lifecycle);
      AllInOne.Options what = options.of(console, cluster, InstantSource.system());
      // A missing kubeconfig is told before anything is started.
      var client =
          lifecycle.add(
              "kubernetes-client",
              KubernetesConnection.open(AllInOne.collectorSettings(what), console.environment()));
      AllInOne all = AllInOne.start(what, lifecycle);
      AllInOneOptions.follow(all, console);
      all.collect(client);
      console.out().println("Causeline's API: " + all.url() + "/api/v1/incidents");
      console.out().println("point Alertmanager's webhook_configs at " + all.webhook());
      console.out().println("watching " + client.getMasterUrl() + "; Ctrl-C stops it");
      stop.await(all.failure());
      return 0;
    }
  }
}
