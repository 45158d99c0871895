package io.causeline.correlator.api;

import io.causeline.correlator.streams.Placement.Holder;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks another correlator for what its own stores hold. */
interface RemoteQueries {

  /** Header that marks a forwarded request and names the partitions that are asked for. */
  String PARTITIONS_HEADER = "Causeline-Partitions";

  /**
   * Asks.
   *
   * @param uri path and query
   * @param partitions only these
   * @param authorization of the request that is forwarded
   * @return fails with the reason if there is no answer in time
   */
  <T extends PartialAnswer> CompletableFuture<T> ask(
      Holder holder,
      String uri,
      Collection<Integer> partitions,
      @Nullable String authorization,
      Duration within,
      Class<T> answer);
}
