package io.causeline.standalone.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code causeline}: the commands. */
@Command(
    name = "causeline",
    description = "Turns Kubernetes events and alerts into incidents with their root causes.")
public final class CauselineCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private CauselineCommand() {}

  /** Runs a command line; the exit code is 0, 1 for a fault, 2 for a wrong call. */
  public static int run(Console console, String... args) {
    CommandErrors errors = new CommandErrors(console.err());
    CommandLine line = new CommandLine(new CauselineCommand());
    line.addSubcommand(new DemoCommand(console));
    line.addSubcommand(new RunCommand(console));
    line.addSubcommand(new ServiceCommands.Collector(console));
    line.addSubcommand(new ServiceCommands.Correlator(console));
    line.addSubcommand(new ServiceCommands.Bridge(console));
    line.addSubcommand(new ReplayCommand(console));
    line.addSubcommand(new DiagnoseCommand(console));
    line.addSubcommand(new EvaluateCommand(console));
    line.addSubcommand(new RecordCommand(console));
    line.addSubcommand(new BrokerCommand(console));
    line.addSubcommand(RulesCommand.of(console));
    addHelp(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(errors);
    line.setExecutionExceptionHandler(errors);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    return line.execute(args);
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true).version(version());
    line.getSubcommands().values().forEach(CauselineCommand::addHelp);
  }

  private static String version() {
    String version = CauselineCommand.class.getPackage().getImplementationVersion();
    return "causeline " + (version == null ? "(not packaged)" : version);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
