package io.causeline.standalone.record;

import io.causeline.collector.CollectorSettings;
import io.causeline.standalone.LauncherHttp;
import io.smallrye.config.ConfigMapping;

/** Settings of {@code record}: those of the services, as far as it needs them. */
@ConfigMapping(prefix = "causeline")
public interface RecordSettings {

  /** Where webhooks are taken. */
  LauncherHttp http();

  /** Which cluster is recorded. */
  CollectorSettings.Collector collector();
}
