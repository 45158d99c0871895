package io.causeline.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.benchmarks.core.CoreBench;
import io.causeline.benchmarks.latency.LatencyBench;
import io.causeline.benchmarks.streams.GrowthBench;
import io.causeline.benchmarks.streams.MemoryBench;
import io.causeline.benchmarks.streams.ThroughputBench;
import io.causeline.benchmarks.webhook.WebhookBench;
import io.causeline.standalone.command.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code bench NAME}: measures, and prints one JSON object as the last line. {@code bench all} runs
 * each in a process of its own, and prints a table before that line.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures what Causeline costs.")
final class BenchCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "NAME", description = "Which benchmark; 'all' runs each of them.")
  private String name = "";

  private BenchCommand(Console console) {
    this.console = console;
  }

  static List<Bench> benches() {
    return List.of(
        new CoreBench(),
        ThroughputBench.product(),
        ThroughputBench.layer(),
        new GrowthBench(),
        new LatencyBench(),
        new WebhookBench(),
        new MemoryBench());
  }

  static int run(Console console, List<String> words) {
    CommandLine line = new CommandLine(new BenchCommand(console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    return line.execute(words.toArray(String[]::new));
  }

  @Override
  public Integer call() throws Exception {
    if (name.equals("all")) {
      return all();
    }
    for (Bench bench : benches()) {
      if (bench.name().equals(name)) {
        BenchResult result = bench.run(console.err());
        console.out().println(result.json());
        return result.ok() ? 0 : 1;
      }
    }
    console
        .err()
        .println(
            "bench: there is no benchmark '"
                + name
                + "'; there are "
                + benches().stream().map(Bench::name).collect(Collectors.joining(", "))
                + ", all");
    return 2;
  }

  private int all() throws IOException, InterruptedException {
    BenchProcess process = BenchProcess.likeThis();
    List<ObjectNode> results = new ArrayList<>();
    for (Bench bench : benches()) {
      console.err().printf("bench: %s: %s%n", bench.name(), bench.measures());
      results.add(process.run(bench.name()));
    }
    AllResults all = new AllResults(results);
    all.table().forEach(console.out()::println);
    console.out().println(all.json());
    return all.ok() ? 0 : 1;
  }
}
