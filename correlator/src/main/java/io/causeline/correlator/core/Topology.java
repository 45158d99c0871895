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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cluster and how they hang together, over time: states and edges are kept for a
 * while after they end, since an evicted pod's endpoint is gone before the alert comes.
 */
final class Topology {

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
  private final TopologyPaths paths;
  private final Map<EntityRef, Learned> learned = new HashMap<>();
  private final Dirty<EntityRef> dirty = new Dirty<>();
  private final Dirty<EntityRef> dirtyLearned = new Dirty<>();

  Topology(Duration keep) {
    this.keep = keep;
    this.paths = new TopologyPaths(this, keep);
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
    if (known != null
        && !fact.arrives()
        && java.util.Objects.equals(fact.node(), known.node())
        && (fact.owner() == null || fact.owner().equals(known.owner()))) {
      return false;
    }
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
    return paths.topOwner(entity, time);
  }

  /** A pod or a workload, its owner, and so on. */
  List<EntityRef> owned(EntityRef entity, Instant time) {
    return paths.owned(entity, time);
  }

  /**
   * What stands in this relation to {@code from} at {@code time}: edges that held then, or shortly
   * before. Empty where nothing is known.
   */
  Set<EntityRef> step(EntityRef from, Relation relation, Instant time) {
    return paths.step(from, relation, time);
  }

  /** Services of the pod's namespace that select it at {@code time}. */
  Set<EntityRef> servicesOf(EntityRef pod, Instant time) {
    return paths.servicesOf(pod, time);
  }

  /** The states that are remembered of an object, in their order. */
  List<ObjectHistory.Version> versions(EntityRef entity) {
    ObjectHistory history = histories.get(entity);
    return history == null ? List.of() : history.versions();
  }

  /** What events told of an object. */
  @Nullable Learned learned(EntityRef entity) {
    return learned.get(entity);
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
    return dirty.take(
        entity -> Optional.ofNullable(histories.get(entity)).map(ObjectHistory::state));
  }

  /** What was learned or forgotten since the last call. */
  Map<EntityRef, Optional<Learned>> takeDirtyLearned() {
    return dirtyLearned.take(entity -> Optional.ofNullable(learned.get(entity)));
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
