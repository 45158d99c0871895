package io.causeline.benchmarks.latency;

import io.causeline.benchmarks.Percentiles;
import io.causeline.benchmarks.streams.Bed;
import io.causeline.benchmarks.streams.NoOp;
import io.causeline.benchmarks.streams.StormTopics;
import io.causeline.correlator.CorrelatorSettings;
import io.causeline.standalone.allinone.AllInOne;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The least that the storm's way through Kafka takes: the same records at the same pace, on a
 * broker like the product's with as many partitions, through a topology that only passes them on,
 * exactly once and configured as the product's, to a consumer that reads what is committed.
 */
final class Floor {

  private final WireStorm storm;
  private final int perSecond;

  Floor(WireStorm storm, int perSecond) {
    this.storm = storm;
    this.perSecond = perSecond;
  }

  /**
   * One round, on a broker of its own.
   *
   * @return milliseconds from when each record was due until it was read
   */
  Percentiles round(Duration warmUp, Duration measured) throws Exception {
    try (Bed bed = Bed.open(AllInOne.PARTITIONS)) {
      CorrelatorSettings settings = bed.settings("floor.");
      StormTopics.create(bed, settings.kafka().topicPrefix());
      try (NoOp noOp = new NoOp(settings);
          Arrivals arrivals = new Arrivals(settings.kafka());
          SteadyLoad load = new SteadyLoad(settings.kafka(), storm, perSecond)) {
        noOp.start();
        arrivals.start();
        load.start();
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        arrivals.take();
        TimeUnit.NANOSECONDS.sleep(measured.toNanos());
        Percentiles taken = arrivals.take();
        load.requireStored();
        return taken;
      }
    }
  }
}
