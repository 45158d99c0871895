package io.causeline.standalone;

import io.causeline.service.HttpSettings;
import io.causeline.service.PortConverter;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How the commands listen that need no settings file: as the services do, on a port of ours. */
public interface LauncherHttp extends HttpSettings {

  /** As {@link HttpSettings#port()}, but with a default. */
  @Override
  @WithDefault("8080")
  @WithConverter(PortConverter.class)
  int port();
}
