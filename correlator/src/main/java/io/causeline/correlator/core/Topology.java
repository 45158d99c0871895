package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cluster and how they hang together, over time: states and edges are kept for a
 * while after they end, since an evicted pod's endpoint is gone before the alert comes.
 */
final class Topology {

  /** What an edge's start may lag behind the signal that speaks of it (times in whole seconds). */
  private static final Duration SLACK = Duration.ofSeconds(60);

  /** Longer chains are none that Kubernetes makes. */
  private static final int MOST_OWNERS = 5;

  /**
   * What events told about an object whose snapshot may never come.
   *
   * @param at the latest that told
   * @param since when it came to its node; null if that was not told
   */
  record Learned(
      EntityRef entity,
      @Nullable EntityRef node,
      @Nullable EntityRef owner,
      Instant at,
      @Nullable Instant since) {}

  /**
   * What a record brought.
   *
   * @param retracted changes that a late state between two others shows to be none
   */
  record Update(
      Outcome outcome,
      List<ObservedChange> changes,
      List<ObservedChange> retracted,
      Set<EntityRef> touched) {
    static Update nothing(Outcome outcome) {
      return new Update(outcome, List.of(), List.of(), Set.of());
    }
  }

  private final Duration keep;
  private final Map<EntityRef, ObjectHistory> histories = new HashMap<>();
  private final TopologyIndex index = new TopologyIndex();
  private final Map<EntityRef, Learned> learned = new HashMap<>();
  private final Set<EntityRef> dirty = new LinkedHashSet<>();
  private final Set<EntityRef> dirtyLearned = new LinkedHashSet<>();

  Topology(Duration keep) {
    this.keep = keep;
  }

  Update apply(TopologyRecord record) {
    if (record instanceof TopologyRecord.Present present) {
      return present(present.snapshot());
    }
    if (record instanceof TopologyRecord.Gone gone) {
      ObjectHistory history = history(gone.entity());
      return gone.epoch() < history.epoch()
          ? Update.nothing(Outcome.IGNORED)
          : gone(history, gone.uid(), gone.observedAt());
    }
    TopologyRecord.EpochEnd end = (TopologyRecord.EpochEnd) record;
    List<ObservedChange> changes = new ArrayList<>();
    List<ObservedChange> retracted = new ArrayList<>();
    Set<EntityRef> touched = new LinkedHashSet<>();
    for (String kind : end.kinds()) {
      for (EntityRef entity : new TreeSet<>(index.ofKind(kind))) {
        ObjectHistory history = history(entity);
        ObjectHistory.Version latest = history.latest();
        if (latest != null && !latest.gone() && history.epoch() < end.epoch()) {
          Update update = gone(history, latest.snapshot().uid(), end.observedAt());
          changes.addAll(update.changes());
          retracted.addAll(update.retracted());
          touched.addAll(update.touched());
        }
      }
    }
    return new Update(
        changes.isEmpty() ? Outcome.DUPLICATE : Outcome.ACCEPTED, changes, retracted, touched);
  }

  private ObjectHistory history(EntityRef entity) {
    ObjectHistory history = histories.get(entity);
    if (history == null) {
      history = new ObjectHistory(entity);
      add(history);
    }
    return history;
  }

  private Update present(ObjectSnapshot snapshot) {
    EntityRef entity = snapshot.entity();
    ObjectHistory history = history(entity);
    long epoch = history.epoch();
    List<ObservedChange> endpoints = endpointChanges(snapshot);
    ObjectHistory.Inserted inserted = history.insert(snapshot);
    if (!inserted.fresh()) {
      if (history.epoch() > epoch) {
        dirty.add(entity);
      }
      return Update.nothing(Outcome.DUPLICATE);
    }
    Optional<Instant> since = index.observedSince(entity.kind());
    index.add(snapshot);
    dirty.add(entity);
    List<ObservedChange> changes = new ArrayList<>();
    List<ObservedChange> retracted = new ArrayList<>();
    ObjectSnapshot replaced = inserted.replaced();
    if (replaced != null) {
      changes.add(ObjectChanges.deleted(replaced.entity(), replaced.uid(), snapshot.observedAt()));
    }
    changes.addAll(ObjectChanges.between(inserted.before(), snapshot));
    ObjectSnapshot after = inserted.after();
    if (after != null) {
      retracted.addAll(ObjectChanges.between(inserted.before(), after));
      changes.addAll(ObjectChanges.between(snapshot, after));
    }
    retracted.addAll(endpoints);
    changes.addAll(endpointChanges(snapshot));
    Set<EntityRef> touched = touchedWith(snapshot);
    ObjectSnapshot former = inserted.before() != null ? inserted.before() : replaced;
    touched.addAll(Scope.touched(former, snapshot));
    if (after != null) {
      touched.addAll(Scope.touched(snapshot, after));
    }
    if (!since.equals(index.observedSince(entity.kind()))) {
      touched.add(Scope.observed(entity.kind()));
    }
    touched.addAll(fitting(former, snapshot));
    return update(changes, retracted, touched);
  }

  private Update gone(ObjectHistory history, String uid, Instant at) {
    ObjectHistory.Version latest = history.latest();
    List<ObservedChange> endpoints =
        latest == null ? List.of() : endpointChanges(latest.snapshot());
    if (!history.end(uid, at)) {
      return Update.nothing(Outcome.DUPLICATE);
    }
    dirty.add(history.entity());
    List<ObservedChange> changes = new ArrayList<>();
    changes.add(ObjectChanges.deleted(history.entity(), uid, at));
    if (latest != null) {
      changes.addAll(endpointChanges(latest.snapshot()));
    }
    if (latest == null) {
      return update(changes, endpoints, Set.of(history.entity()));
    }
    Set<EntityRef> touched = touchedWith(latest.snapshot());
    touched.addAll(Scope.touched(latest.snapshot(), null));
    return update(changes, endpoints, touched);
  }

  /** What is both retracted and there is neither. */
  private static Update update(
      List<ObservedChange> changes, List<ObservedChange> retracted, Set<EntityRef> touched) {
    List<ObservedChange> stale = new ArrayList<>(retracted);
    stale.removeAll(changes);
    List<ObservedChange> fresh = new ArrayList<>(changes);
    fresh.removeAll(retracted);
    return new Update(Outcome.ACCEPTED, fresh, stale, touched);
  }

  /** When the Service behind a slice lost its last ready endpoint and got one again. */
  private List<ObservedChange> endpointChanges(ObjectSnapshot slice) {
    for (ObjectSnapshot.Edge edge : slice.edges()) {
      if (edge.relation() == Relation.SLICE_OF) {
        List<ObjectHistory> slices = new ArrayList<>();
        for (EntityRef other : index.slicesOf(edge.to())) {
          slices.add(history(other));
        }
        return EndpointChanges.of(edge.to(), slices);
      }
    }
    return List.of();
  }

  /** Whose signals read differently now. */
  private static Set<EntityRef> touchedWith(ObjectSnapshot snapshot) {
    Set<EntityRef> touched = new LinkedHashSet<>();
    touched.add(snapshot.entity());
    for (ObjectSnapshot.Edge edge : snapshot.edges()) {
      if (edge.relation() == Relation.SLICE_OF) {
        touched.add(edge.to());
      }
    }
    return touched;
  }

  /** Services whose selector fits a pod, or a pod template, that is new or has other labels. */
  private Set<EntityRef> fitting(@Nullable ObjectSnapshot before, ObjectSnapshot after) {
    Set<EntityRef> services = new LinkedHashSet<>();
    String kind = after.entity().kind();
    if ((before != null && before.labels().equals(after.labels()))
        || !(kind.equals("Pod") || Kinds.WORKLOADS.contains(kind))) {
      return services;
    }
    for (EntityRef service : inNamespace("Service", after.entity().namespace())) {
      for (ObjectHistory.Version version : history(service).versions()) {
        Map<String, String> selector = version.snapshot().selector();
        if (fits(selector, after) || (before != null && fits(selector, before))) {
          services.add(service);
          break;
        }
      }
    }
    return services;
  }

  private static boolean fits(Map<String, String> selector, ObjectSnapshot labelled) {
    return !selector.isEmpty() && labelled.labels().entrySet().containsAll(selector.entrySet());
  }

  private void add(ObjectHistory history) {
    EntityRef entity = history.entity();
    histories.put(entity, history);
    index.add(entity);
  }

  /** An event told where a pod runs or who owns an object; true if that is news. */
  boolean learn(EventFacts.Fact fact, Instant at) {
    EntityRef entity = fact.entity();
    Learned known = learned.get(entity);
    Learned told = new Learned(entity, fact.node(), fact.owner(), at, fact.arrives() ? at : null);
    Learned both = known == null ? told : later(known, told);
    if (known != null
        && java.util.Objects.equals(known.node(), both.node())
        && java.util.Objects.equals(known.owner(), both.owner())
        && java.util.Objects.equals(known.since(), both.since())) {
      return false;
    }
    learned.put(entity, both);
    dirtyLearned.add(entity);
    return true;
  }

  /** What two events told: the later one counts where they differ, whichever came first. */
  private static Learned later(Learned one, Learned other) {
    boolean inOrder = !other.at().isBefore(one.at());
    Learned old = inOrder ? one : other;
    Learned fresh = inOrder ? other : one;
    boolean moved = fresh.node() != null && !fresh.node().equals(old.node());
    Instant since = fresh.since() != null || moved ? fresh.since() : old.since();
    return new Learned(
        fresh.entity(),
        fresh.node() != null ? fresh.node() : old.node(),
        fresh.owner() != null ? fresh.owner() : old.owner(),
        fresh.at(),
        since);
  }

  /** The state as of {@code time}; else the first after it; else the last before it. */
  @Nullable ObjectSnapshot asOf(EntityRef entity, Instant time) {
    ObjectHistory history = histories.get(entity);
    if (history == null || history.versions().isEmpty()) {
      return null;
    }
    for (ObjectHistory.Version version : history.versions()) {
      if (version.holdsAt(time) || version.from().isAfter(time)) {
        return version.snapshot();
      }
    }
    ObjectHistory.Version latest = history.latest();
    return latest == null ? null : latest.snapshot();
  }

  /** The state that held at {@code time}; null if the object was not there, or never seen. */
  @Nullable ObjectSnapshot at(EntityRef entity, Instant time) {
    ObjectHistory history = histories.get(entity);
    if (history != null) {
      for (ObjectHistory.Version version : history.versions()) {
        if (version.holdsAt(time)) {
          return version.snapshot();
        }
      }
    }
    return null;
  }

  /** When the object that was gone at {@code time} had gone last; empty if it was there. */
  Optional<Instant> goneBefore(EntityRef entity, Instant time) {
    ObjectHistory history = histories.get(entity);
    if (history == null || at(entity, time) != null) {
      return Optional.empty();
    }
    Instant last = null;
    for (ObjectHistory.Version version : history.versions()) {
      Instant end = version.to();
      if (version.gone() && end != null && !end.isAfter(time)) {
        last = last == null || end.isAfter(last) ? end : last;
      }
    }
    return Optional.ofNullable(last);
  }

  /** Finds objects by what they are or hold. */
  TopologyIndex index() {
    return index;
  }

  /** The newest state, also of what is gone. */
  @Nullable ObjectSnapshot latest(EntityRef entity) {
    ObjectHistory history = histories.get(entity);
    ObjectHistory.Version latest = history == null ? null : history.latest();
    return latest == null ? null : latest.snapshot();
  }

  /** The cloud that the nodes' provider ids name. */
  Optional<String> provider() {
    return index.ofKind("Node").stream()
        .sorted()
        .map(this::latest)
        .flatMap(
            node -> Optional.ofNullable(node).map(n -> n.attribute(Attributes.PROVIDER)).stream())
        .findFirst();
  }

  /** Whether the object is there now. */
  boolean isPresent(EntityRef entity) {
    ObjectHistory history = histories.get(entity);
    return history != null && history.present();
  }

  /** When anything of a namespace, or of none, changed after {@code from}. */
  Set<Instant> moments(@Nullable String namespace, Instant from) {
    Set<Instant> moments = new TreeSet<>();
    for (ObjectHistory history : histories.values()) {
      String own = history.entity().namespace();
      if (own == null || namespace == null || namespace.equals(own)) {
        for (ObjectHistory.Version version : history.versions()) {
          Instant end = version.to();
          if (version.from().isAfter(from)) {
            moments.add(version.from());
          }
          if (end != null && end.isAfter(from)) {
            moments.add(end);
          }
        }
      }
    }
    return moments;
  }

  /** That each object is there, as a change of its own. */
  List<ObservedChange> observed(Instant since, Instant now) {
    List<ObservedChange> observed = new ArrayList<>();
    for (EntityRef entity : new TreeSet<>(histories.keySet())) {
      ObjectSnapshot snapshot = isPresent(entity) ? latest(entity) : null;
      if (snapshot != null) {
        observed.add(ObjectChanges.observed(snapshot, since, now));
      }
    }
    return observed;
  }

  /** Since when a record tells of an object: of one that is new, since its creation. */
  Instant tellsSince(TopologyRecord record) {
    if (record instanceof TopologyRecord.Present present) {
      ObjectSnapshot snapshot = present.snapshot();
      ObjectSnapshot known = latest(snapshot.entity());
      Instant created = snapshot.createdAt();
      boolean fresh = known == null || !known.uid().equals(snapshot.uid());
      if (fresh && created != null && created.isBefore(snapshot.observedAt())) {
        return created;
      }
    }
    return record.observedAt();
  }

  /** When the object (of this uid, where told) was gone, at or after {@code time}. */
  Optional<Instant> goneAfter(EntityRef entity, @Nullable String uid, Instant time) {
    ObjectHistory history = histories.get(entity);
    if (history == null) {
      return Optional.empty();
    }
    for (ObjectHistory.Version version : history.versions()) {
      Instant end = version.to();
      if (version.gone()
          && end != null
          && !end.isBefore(time)
          && (uid == null || version.snapshot().uid().equals(uid))) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  /** Since when a Pod or Node is Ready, if that began at or after {@code time}. */
  Optional<Instant> readyAfter(EntityRef entity, Instant time) {
    ObjectHistory history = histories.get(entity);
    if (history == null) {
      return Optional.empty();
    }
    for (ObjectHistory.Version version : history.versions()) {
      if ("True".equals(version.snapshot().attribute(Attributes.READY))) {
        Instant since = readySince(version);
        if (!since.isBefore(time)) {
          return Optional.of(since);
        }
      }
    }
    return Optional.empty();
  }

  private static Instant readySince(ObjectHistory.Version version) {
    String since = version.snapshot().attribute(Attributes.READY_SINCE);
    try {
      return since == null ? version.from() : Instant.parse(since);
    } catch (java.time.format.DateTimeParseException e) {
      return version.from();
    }
  }

  /** All objects of a kind in a namespace, present or lately gone. */
  Collection<EntityRef> inNamespace(String kind, @Nullable String namespace) {
    return index.inNamespace(kind, namespace);
  }

  /** The node that has this internal address. */
  Optional<EntityRef> nodeByAddress(String address) {
    return index.nodeByAddress(address);
  }

  /** The top owner of a pod or a workload; itself where it has none. */
  EntityRef topOwner(EntityRef entity, Instant time) {
    EntityRef at = entity;
    for (int i = 0; i < MOST_OWNERS; i++) {
      EntityRef owner = owner(at, time);
      if (owner == null || owner.equals(at)) {
        return at;
      }
      at = owner;
    }
    return at;
  }

  /** A pod or a workload, its owner, and so on. */
  List<EntityRef> owned(EntityRef entity, Instant time) {
    List<EntityRef> chain = new ArrayList<>();
    EntityRef at = entity;
    while (at != null && chain.size() < MOST_OWNERS && !chain.contains(at)) {
      chain.add(at);
      at = owner(at, time);
    }
    return chain;
  }

  private @Nullable EntityRef owner(EntityRef entity, Instant time) {
    ObjectSnapshot snapshot = asOf(entity, time);
    if (snapshot != null) {
      for (ObjectSnapshot.Edge edge : snapshot.edges()) {
        if (edge.relation() == Relation.OWNED_BY) {
          return edge.to();
        }
      }
      return null;
    }
    Learned told = learned.get(entity);
    if (told != null && told.owner() != null) {
      return told.owner();
    }
    return Owners.guess(entity).orElse(null);
  }

  /**
   * What stands in this relation to {@code from} at {@code time}: edges that held then, or shortly
   * before. Empty where nothing is known.
   */
  Set<EntityRef> step(EntityRef from, Relation relation, Instant time) {
    return switch (relation) {
      case OWNED_BY -> Set.of(topOwner(from, time));
      case SELECTS -> selected(from, time);
      case BACKED_BY -> backers(from, time);
      case RUNS_ON -> nodes(from, time);
      case PROVIDED_BY -> Set.of(EntityRef.singleton("CloudProvider"));
      case CONTROLLED_BY -> Set.of(EntityRef.singleton("ControlPlane"));
      case ROUTES, SLICE_OF, ENDPOINT, PULLS_FROM, MOUNTS -> edges(from, relation, time);
    };
  }

  /** A pod's node; a workload's pods' nodes. */
  private Set<EntityRef> nodes(EntityRef from, Instant time) {
    if (!Kinds.WORKLOADS.contains(from.kind())) {
      return node(from, time);
    }
    Set<EntityRef> nodes = new TreeSet<>();
    for (EntityRef pod : inNamespace("Pod", from.namespace())) {
      if (topOwner(pod, time).equals(from) && existed(pod, time.minus(keep), time.plus(SLACK))) {
        nodes.addAll(node(pod, time));
      }
    }
    return nodes;
  }

  private boolean existed(EntityRef entity, Instant start, Instant end) {
    ObjectHistory history = histories.get(entity);
    return history != null
        && history.versions().stream().anyMatch(version -> version.overlaps(start, end));
  }

  private Set<EntityRef> node(EntityRef pod, Instant time) {
    Set<EntityRef> nodes = edges(pod, Relation.RUNS_ON, time);
    Learned told = learned.get(pod);
    if (!nodes.isEmpty() || told == null || told.node() == null) {
      return nodes;
    }
    // Before it was scheduled there it was elsewhere: a StatefulSet's pod keeps its name.
    boolean before = told.since() != null && time.isBefore(told.since().minus(SLACK));
    return before ? nodes : Set.of(told.node());
  }

  private Set<EntityRef> edges(EntityRef from, Relation relation, Instant time) {
    ObjectSnapshot snapshot = asOf(from, time);
    if (snapshot == null) {
      return Set.of();
    }
    Set<EntityRef> found = new TreeSet<>();
    for (ObjectSnapshot.Edge edge : snapshot.edges()) {
      if (edge.relation() == relation) {
        found.add(edge.to());
      }
    }
    return found;
  }

  private Set<EntityRef> selected(EntityRef service, Instant time) {
    Set<EntityRef> pods = new TreeSet<>();
    Instant start = time.minus(keep);
    Instant end = time.plus(SLACK);
    for (EntityRef slice : index.slicesOf(service)) {
      ObjectHistory history = histories.get(slice);
      if (history == null) {
        continue;
      }
      for (ObjectHistory.Version version : history.versions()) {
        if (version.overlaps(start, end)) {
          for (ObjectSnapshot.Edge edge : version.snapshot().edges()) {
            if (edge.relation() == Relation.ENDPOINT) {
              pods.add(edge.to());
            }
          }
        }
      }
    }
    ObjectSnapshot snapshot = asOf(service, time);
    if (snapshot != null) {
      pods.addAll(matching(snapshot, time));
    }
    return pods;
  }

  /** Pods of the Service's namespace that its selector matches at {@code time}. */
  Set<EntityRef> matching(ObjectSnapshot service, Instant time) {
    if (service.selector().isEmpty()) {
      return Set.of();
    }
    Set<EntityRef> pods = new TreeSet<>();
    for (EntityRef pod : inNamespace("Pod", service.entity().namespace())) {
      ObjectHistory history = histories.get(pod);
      if (history == null) {
        continue;
      }
      for (ObjectHistory.Version version : history.versions()) {
        if (version.holdsAt(time)
            && version.snapshot().labels().entrySet().containsAll(service.selector().entrySet())) {
          pods.add(pod);
          break;
        }
      }
    }
    return pods;
  }

  /** The workloads, each its own top owner, whose pods the Service's selector would match. */
  private Set<EntityRef> backers(EntityRef service, Instant time) {
    ObjectSnapshot snapshot = asOf(service, time);
    Set<EntityRef> workloads = new TreeSet<>();
    if (snapshot == null || snapshot.selector().isEmpty()) {
      return workloads;
    }
    for (String kind : Kinds.WORKLOADS) {
      for (EntityRef workload : inNamespace(kind, service.namespace())) {
        // Old revisions of a workload stay behind with their old labels: its own template counts.
        if (existed(workload, time.minus(keep), time.plus(SLACK))
            && topOwner(workload, time).equals(workload)) {
          ObjectSnapshot candidate = asOf(workload, time);
          if (candidate != null
              && candidate.labels().entrySet().containsAll(snapshot.selector().entrySet())) {
            workloads.add(workload);
          }
        }
      }
    }
    return workloads;
  }

  /** Services of the pod's namespace that select it at {@code time}. */
  Set<EntityRef> servicesOf(EntityRef pod, Instant time) {
    ObjectSnapshot snapshot = asOf(pod, time);
    Set<EntityRef> services = new TreeSet<>();
    if (snapshot == null) {
      return services;
    }
    for (EntityRef service : inNamespace("Service", pod.namespace())) {
      ObjectSnapshot candidate = asOf(service, time);
      if (candidate != null
          && !candidate.selector().isEmpty()
          && snapshot.labels().entrySet().containsAll(candidate.selector().entrySet())) {
        services.add(service);
      }
    }
    return services;
  }

  /** Forgets what ended long before {@code now}. */
  void forget(Instant now) {
    Instant horizon = now.minus(keep);
    List<EntityRef> empty = new ArrayList<>();
    for (ObjectHistory history : histories.values()) {
      List<ObjectSnapshot> ended = history.endedBefore(horizon);
      if (history.forgetBefore(horizon)) {
        dirty.add(history.entity());
        index.remove(ended);
        history.versions().forEach(version -> index.add(version.snapshot()));
        if (history.isEmpty()) {
          empty.add(history.entity());
        }
      }
    }
    for (EntityRef entity : empty) {
      histories.remove(entity);
      index.remove(entity);
    }
    Instant old = now.minus(Duration.ofHours(24));
    learned
        .values()
        .removeIf(
            told -> {
              boolean forget = told.at().isBefore(old);
              if (forget) {
                dirtyLearned.add(told.entity());
              }
              return forget;
            });
  }

  /** Histories that changed since the last call; the value is empty for what is forgotten. */
  Map<EntityRef, Optional<ObjectHistory.State>> takeDirty() {
    Map<EntityRef, Optional<ObjectHistory.State>> out = new TreeMap<>();
    for (EntityRef entity : dirty) {
      out.put(entity, Optional.ofNullable(histories.get(entity)).map(ObjectHistory::state));
    }
    dirty.clear();
    return out;
  }

  /** What was learned or forgotten since the last call. */
  Map<EntityRef, Optional<Learned>> takeDirtyLearned() {
    Map<EntityRef, Optional<Learned>> out = new TreeMap<>();
    for (EntityRef entity : dirtyLearned) {
      out.put(entity, Optional.ofNullable(learned.get(entity)));
    }
    dirtyLearned.clear();
    return out;
  }

  void restore(ObjectHistory.State state) {
    ObjectHistory history = new ObjectHistory(state);
    add(history);
    history.versions().forEach(version -> index.add(version.snapshot()));
  }

  void restore(Learned told) {
    learned.put(told.entity(), told);
  }
}
