package io.causeline.standalone.player;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;

/** The client of a played cluster: nothing of the user's own kubeconfig is looked at. */
public final class PlayedClient {

  private PlayedClient() {}

  /** A client of the API server at this address. */
  public static KubernetesClient of(URI apiServer) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(apiServer.toString())
            .withNamespace("default")
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
