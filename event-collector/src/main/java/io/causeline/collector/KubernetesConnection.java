package io.causeline.collector;

import io.causeline.model.Text;
import io.causeline.service.StartupException;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the cluster, as kubectl does, and says in one line where it looked when there is none. */
public final class KubernetesConnection {

  private static final Path TOKEN = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);

  /** Below the renew deadline of a lease, or a hung request would outlive it. */
  private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

  private KubernetesConnection() {}

  /**
   * A client of the cluster that the settings or the environment name. It does not connect yet.
   *
   * @throws StartupException if they name none, or what they name can't be read
   */
  public static KubernetesClient open(
      CollectorSettings.Collector settings, Map<String, String> environment) {
    String context = settings.context().orElse(null);
    Config config;
    try {
      config =
          settings.kubeconfig().isPresent()
              ? fromFile(settings.kubeconfig().get(), context)
              : fromEnvironment(environment, context);
    } catch (StartupException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StartupException(
          "the kubeconfig can't be read: "
              + Text.message(e.getMessage())
              + "; mend it, or name"
              + " another by causeline.collector.kubeconfig",
          e);
    }
    config.setRequestTimeout(REQUEST_TIMEOUT_MILLIS);
    config.setRequestRetryBackoffLimit(0); // who asks tries again, and says so
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Config fromFile(Path file, @Nullable String context) {
    if (!Files.isReadable(file)) {
      throw new StartupException(
          "causeline.collector.kubeconfig: there is no file " + file + " that can be read");
    }
    Config config = Config.fromKubeconfig(context, file.toFile());
    requireContext(file, config, context);
    Config.configFromSysPropsOrEnvVars(config); // proxies among them
    return config;
  }

  private static Config fromEnvironment(Map<String, String> environment, @Nullable String context) {
    List<String> looked = new ArrayList<>();
    String named = environment.getOrDefault("KUBECONFIG", "");
    if (!named.isBlank()) {
      List<Path> files =
          Stream.of(named.split(File.pathSeparator, -1))
              .filter(file -> !file.isBlank())
              .map(file -> Path.of(file.strip()))
              .filter(Files::isReadable)
              .toList();
      if (files.size() == 1) {
        return fromFile(files.get(0), context);
      } else if (!files.isEmpty()) {
        return Config.autoConfigure(context); // which merges those that the variable names
      }
      looked.add("KUBECONFIG names " + Text.label(named) + ", which can't be read");
    } else {
      Path usual = Path.of(home(environment), ".kube", "config");
      if (Files.isReadable(usual)) {
        return fromFile(usual, context);
      }
      looked.add("KUBECONFIG is not set, and there is no " + usual);
    }
    if (environment.containsKey("KUBERNETES_SERVICE_HOST") && Files.isReadable(TOKEN)) {
      return Config.autoConfigure(null);
    }
    throw new StartupException(
        "no Kubernetes cluster to watch: "
            + String.join(", ", looked)
            + ", and this is no pod with a service account; set causeline.collector.kubeconfig or"
            + " KUBECONFIG");
  }

  private static String home(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("HOME")).orElse(System.getProperty("user.home"));
  }

  /** Without the context that was meant the client would turn to some other address. */
  private static void requireContext(Path file, Config config, @Nullable String context) {
    NamedContext current = config.getCurrentContext();
    if (current == null || (context != null && !context.equals(current.getName()))) {
      List<String> names =
          config.getContexts() == null
              ? List.of()
              : config.getContexts().stream().map(NamedContext::getName).toList();
      throw new StartupException(
          file
              + (context == null ? " has no current context" : " has no context " + context)
              + ", only "
              + Text.label(names.toString())
              + "; set causeline.collector.context to one of them");
    }
  }
}
