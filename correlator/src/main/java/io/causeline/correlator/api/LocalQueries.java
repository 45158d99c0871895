package io.causeline.correlator.api;

import io.causeline.correlator.streams.IncidentReader;
import io.causeline.correlator.streams.LocalPartitions;
import io.causeline.correlator.streams.Place;
import io.causeline.model.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Answers from the stores of this process alone. */
final class LocalQueries {

  private final LocalPartitions partitions;

  LocalQueries(LocalPartitions partitions) {
    this.partitions = partitions;
  }

  /** The newest incidents of these partitions behind the query's cursor, at most its limit. */
  PartialList list(IncidentQuery query, Collection<Integer> wanted, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    List<Incident> found = new ArrayList<>();
    boolean more = false;
    Map<Integer, Long> answered = new TreeMap<>();
    Map<Integer, String> refused = new TreeMap<>();
    for (int partition : wanted) {
      LocalPartitions.Look held = partitions.partition(partition);
      if (held instanceof LocalPartitions.Refused refusal) {
        refused.put(partition, refusal.reason());
      } else if (held instanceof LocalPartitions.Held open) {
        try {
          IncidentReader.Page page =
              open.reader()
                  .list(
                      query.filter(),
                      query.cursor().of(partition),
                      query.limit(),
                      () -> System.nanoTime() - end > 0);
          found.addAll(page.incidents());
          more |= page.more();
          answered.put(partition, open.behind());
        } catch (IncidentReader.TooSlowException e) {
          refused.put(partition, "it could not be read in time; narrow the filters");
        } catch (InvalidStateStoreException e) {
          refused.put(partition, "it moved away while it was read");
        }
      }
    }
    found.sort(Comparator.comparing(Place::of));
    boolean cut = found.size() > query.limit();
    return new PartialList(
        cut ? found.subList(0, query.limit()) : found, more || cut, answered, refused);
  }

  /** The incident of this id, if one of these partitions has it. */
  PartialFind find(String id, Collection<Integer> wanted) {
    Map<Integer, Long> answered = new TreeMap<>();
    Map<Integer, String> refused = new TreeMap<>();
    for (int partition : wanted) {
      LocalPartitions.Look held = partitions.partition(partition);
      if (held instanceof LocalPartitions.Refused refusal) {
        refused.put(partition, refusal.reason());
      } else if (held instanceof LocalPartitions.Held open) {
        try {
          var found = open.reader().find(id);
          answered.put(partition, open.behind());
          if (found.isPresent()) {
            return new PartialFind(
                found.get().incident(), partition, found.get().remembered(), answered, refused);
          }
        } catch (InvalidStateStoreException e) {
          refused.put(partition, "it moved away while it was read");
        }
      }
    }
    return new PartialFind(null, -1, false, answered, refused);
  }
}
