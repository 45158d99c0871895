package io.causeline.correlator.api;

import io.causeline.correlator.streams.Place;
import io.causeline.correlator.streams.Placement;
import io.causeline.model.Incident;
import io.causeline.model.IncidentId;
import io.causeline.service.ClusterPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query from all partitions that it concerns, wherever they are, and never passes part of
 * an answer off as the whole.
 */
final class QueryRouter {

  /** One page of a list, as it is answered. */
  record Page(List<Incident> incidents, @Nullable String next, List<String> missing) {}

  /** What came of the search for an id. */
  sealed interface Search {}

  /**
   * It is there.
   *
   * @param remembered whether people can still act on it
   * @param missing what the answer lacks: changes that a copy has not seen
   */
  record Found(Incident incident, boolean remembered, List<String> missing) implements Search {}

  /** No partition has it, and all answered. */
  record Absent() implements Search {}

  /** No partition that answered has it. */
  record Unknown(List<String> missing) implements Search {}

  private final LocalQueries local;
  private final Placement placement;
  private final RemoteQueries remote;
  private final int partitions;
  private final Duration timeout;

  /** Partition by the cluster's part of ids that were found before. */
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();

  QueryRouter(
      LocalQueries local,
      Placement placement,
      RemoteQueries remote,
      int partitions,
      Duration timeout) {
    this.local = local;
    this.placement = placement;
    this.remote = remote;
    this.partitions = partitions;
    this.timeout = timeout;
  }

  /**
   * One page.
   *
   * @param authorization of the request, for the other correlators
   */
  Page list(IncidentQuery query, @Nullable String authorization) {
    FanOut.Result<PartialList> result =
        new FanOut<PartialList>(
                placement,
                (wanted, within) -> local.list(query, wanted, within),
                (holder, wanted, within) ->
                    remote.ask(
                        holder, query.uri(), wanted, authorization, within, PartialList.class))
            .ask(partitionsOf(query.filter().clusters()), timeout);
    List<Incident> all = new ArrayList<>();
    boolean more = false;
    for (PartialList part : result.answers()) {
      all.addAll(part.incidents());
      more |= part.more();
    }
    all.sort(Comparator.comparing(Place::of));
    more |= all.size() > query.limit();
    List<Incident> page = all.size() > query.limit() ? all.subList(0, query.limit()) : all;
    String next =
        more && !page.isEmpty()
            ? query
                .cursor()
                .after(Place.of(page.get(page.size() - 1)), result.answered())
                .encode(query.list())
            : null;
    return new Page(page, next, result.missing());
  }

  /** What this process alone has of a page: the answer to a forwarded request. */
  PartialList listHere(IncidentQuery query, Collection<Integer> wanted) {
    return local.list(query, wanted, timeout);
  }

  /** The incident of this id. */
  Search find(String id, String uri, @Nullable String authorization) {
    String clusterPart = id.substring(0, Math.max(0, id.indexOf('-')));
    Integer known = seen.get(clusterPart);
    if (known != null) {
      Search search = find(id, uri, authorization, Set.of(known));
      if (!(search instanceof Absent)) {
        return search;
      }
    }
    // Only the owner of the cluster knows that this is its hash: all are asked.
    return find(id, uri, authorization, all());
  }

  private Search find(
      String id, String uri, @Nullable String authorization, Collection<Integer> wanted) {
    FanOut.Result<PartialFind> result =
        new FanOut<PartialFind>(
                placement,
                (mine, within) -> local.find(id, mine),
                (holder, theirs, within) ->
                    remote.ask(holder, uri, theirs, authorization, within, PartialFind.class))
            .ask(wanted, timeout);
    for (PartialFind part : result.answers()) {
      Incident incident = part.incident();
      if (incident != null) {
        seen.put(IncidentId.clusterPart(incident.cluster()), part.partition());
        String here = "partition " + part.partition() + ":";
        return new Found(
            incident,
            part.remembered(),
            result.missing().stream().filter(sentence -> sentence.startsWith(here)).toList());
      }
    }
    return result.missing().isEmpty() ? new Absent() : new Unknown(result.missing());
  }

  /** What this process alone has of an id: the answer to a forwarded request. */
  PartialFind findHere(String id, Collection<Integer> wanted) {
    return local.find(id, wanted);
  }

  private Collection<Integer> partitionsOf(Set<String> clusters) {
    if (clusters.isEmpty()) {
      return all();
    }
    Set<Integer> owners = new TreeSet<>();
    clusters.forEach(cluster -> owners.add(ClusterPartitioner.partition(cluster, partitions)));
    return owners;
  }

  private List<Integer> all() {
    return IntStream.range(0, partitions).boxed().toList();
  }
}
