package io.causeline.correlator.core;

import io.causeline.correlator.core.Partitioner.Footprint;
import io.causeline.correlator.knowledge.Knowledge;
import io.causeline.model.AlertSignal;
import io.causeline.model.Command;
import io.causeline.model.EntityRef;
import io.causeline.model.Heartbeat;
import io.causeline.model.Incident;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import io.causeline.model.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's correlation: signals, topology and commands in, incidents out.
 *
 * <p>Not thread-safe. It keeps its working state in memory; what a store must keep comes out of
 * {@link #takeWrites()}, small records that {@link #restore} reads back. After an exception from
 * any method the instance is broken: drop it and restore from what was stored.
 *
 * <p>Time moves only by what is applied: the clock is the least {@code observedAt} over the live
 * feeds.
 */
public final class ClusterCorrelator {

  private static final Duration FORGET_INTERVAL = Duration.ofMinutes(1);

  private final CoreSettings settings;
  private final FeedClock clock;
  private final Topology topology;
  private final EpisodeStore episodes = new EpisodeStore();
  private final SignalReader reader;
  private final Linker linker;
  private final Partitioner partitioner;
  private final IncidentBook book;
  private final Set<String> due = new LinkedHashSet<>();
  private final TreeMap<Instant, Set<String>> deadlines = new TreeMap<>();
  private final Map<String, Incident> published = new LinkedHashMap<>();
  private final Map<String, StateRecord> writes = new LinkedHashMap<>();
  private Instant forgotten = Instant.EPOCH;
  private Incident.@Nullable Feed writtenFeed;

  private ClusterCorrelator(String cluster, Knowledge knowledge, CoreSettings settings) {
    this.settings = settings;
    this.clock = new FeedClock(settings.feedTimeout());
    this.topology = new Topology(settings.contextWindow());
    this.reader = new SignalReader(knowledge, topology);
    Healing healing = new Healing(episodes, topology);
    this.linker = new Linker(episodes, healing, settings);
    this.partitioner =
        new Partitioner(new Scorer(knowledge, episodes, new LocusFinder(topology), settings));
    this.book =
        new IncidentBook(
            cluster,
            settings,
            healing,
            new IncidentWriter(cluster, knowledge, settings, topology, episodes));
  }

  /** A cluster of which nothing is known yet. */
  public static ClusterCorrelator create(
      String cluster, Knowledge knowledge, CoreSettings settings) {
    return new ClusterCorrelator(cluster, knowledge, settings);
  }

  /**
   * A cluster as it was stored; everything is due for {@link #publish()} again. What another
   * version of the knowledge has read is read anew, as long as the topology of its time is known.
   *
   * @throws IllegalStateException if a record was written by a newer version
   */
  public static ClusterCorrelator restore(
      String cluster, Knowledge knowledge, CoreSettings settings, Iterable<StateRecord> records) {
    ClusterCorrelator correlator = new ClusterCorrelator(cluster, knowledge, settings);
    for (StateRecord record : records) {
      byte[] value = record.value();
      if (value != null) {
        correlator.restore(record.key(), value);
      }
    }
    correlator.readAnew(knowledge.version());
    for (Episode episode : correlator.episodes.all()) {
      if (episode.isMember()) {
        correlator.due.add(episode.id());
      }
    }
    return correlator;
  }

  /**
   * Entries that are frozen keep what the version of their time made of them. So does an entry that
   * an incident holds and that this version would let open none: the incident ends as it would
   * have.
   */
  private void readAnew(String version) {
    Instant frozen = clock.now().minus(settings.contextWindow());
    for (Episode episode : List.copyOf(episodes.all())) {
      Episode.Reading before = episode.state().reading();
      if (!before.knowledge().equals(version) && !episode.last().isBefore(frozen)) {
        episodes.reread(episode, reader::read);
        if (book.holds(episode) && !episode.isMember()) {
          episodes.reread(episode, e -> before);
        }
      }
    }
  }

  private void restore(String key, byte[] value) {
    if (key.equals(StateCodec.CLOCK)) {
      clock.restore(StateCodec.decode(key, value, FeedClock.State.class));
    } else if (key.startsWith(StateCodec.OBJECT)) {
      topology.restore(StateCodec.decode(key, value, ObjectHistory.State.class));
    } else if (key.startsWith(StateCodec.LEARNED)) {
      topology.restore(StateCodec.decode(key, value, Topology.Learned.class));
    } else if (key.startsWith(StateCodec.EPISODE)) {
      episodes.restore(StateCodec.decode(key, value, Episode.State.class));
    } else if (key.startsWith(StateCodec.INCIDENT)) {
      book.restore(StateCodec.decode(key, value, Head.State.class));
    }
  }

  /** Applies a signal; it may be late, repeated or out of order. */
  public Outcome apply(Signal signal) {
    if (signal instanceof Heartbeat heartbeat) {
      clock.observe(heartbeat);
      return Outcome.ACCEPTED;
    }
    clock.observe(signal.feedName(), signal.observedAt());
    return signal instanceof KubernetesEvent event ? event(event) : alert((AlertSignal) signal);
  }

  private Outcome event(KubernetesEvent event) {
    EventFacts.of(event)
        .ifPresent(
            fact -> {
              if (topology.learn(fact.entity(), fact.node(), fact.owner(), event.at())) {
                reread(Set.of(fact.entity()));
              }
            });
    SignalReader.Rule rule =
        reader.rule(
            event.entity(), event.reason(), event.warning(), event.message(), event.component());
    return observe(Episode.of(event, rule.quiet()));
  }

  private Outcome alert(AlertSignal alert) {
    return "none".equals(alert.severity()) ? Outcome.IGNORED : observe(Episode.of(alert));
  }

  private Outcome observe(Episode fresh) {
    boolean wasOver = false;
    for (Episode known : episodes.withKey(fresh.key())) {
      wasOver |= known.state().overAt() != null;
    }
    EpisodeStore.Observed observed = episodes.observe(fresh, reader::read);
    if (!observed.news()) {
      return Outcome.DUPLICATE;
    }
    Episode episode = observed.episode();
    for (Episode absorbed : observed.absorbed()) {
      due.remove(absorbed.id());
    }
    boolean repeat =
        observed.known()
            && observed.absorbed().isEmpty()
            && !wasOver
            && episode.state().alert() == null
            && (!episode.isMember() || book.holds(episode) || !Life.opensAtOnce(episode, settings));
    if (repeat) {
      // Only counts grew: soon is early enough; what waits to open has its deadline already.
      if (book.holds(episode)) {
        later(clock.now().plus(IncidentBook.MINOR_INTERVAL), episode);
      }
    } else {
      concern(episode);
    }
    return Outcome.ACCEPTED;
  }

  /** Applies a record of the topology. */
  public Outcome apply(TopologyRecord record) {
    clock.observe(Signal.FEED_KUBERNETES, record.observedAt());
    Topology.Update update = topology.apply(record);
    for (ObservedChange change : update.retracted()) {
      for (Episode episode : List.copyOf(episodes.withKey(Episode.key(change)))) {
        concern(episode);
        episodes.remove(episode);
      }
    }
    for (ObservedChange change : update.changes()) {
      EpisodeStore.Observed observed = episodes.observe(Episode.of(change), reader::read);
      concern(observed.episode());
    }
    reread(update.touched());
    return update.outcome();
  }

  /** Entries that looked at these objects, unless they are too old to be read anew. */
  private void reread(Collection<EntityRef> touched) {
    Instant frozen = clock.now().minus(settings.contextWindow());
    for (EntityRef entity : touched) {
      for (Episode episode : List.copyOf(episodes.visiting(entity))) {
        if (!episode.last().isBefore(frozen)) {
          boolean member = episode.isMember();
          if (episodes.reread(episode, reader::read) || member) {
            concern(episode);
          }
        }
      }
      for (Episode episode : episodes.about(entity)) {
        if (episode.isMember() && episode.state().overAt() == null) {
          due.add(episode.id());
        }
      }
    }
  }

  /** What this entry touches must be computed anew. */
  private void concern(Episode episode) {
    due.add(episode.id());
    if (episode.isMember()) {
      return;
    }
    Instant since = episode.first().minus(settings.contextWindow());
    for (Episode other : episodes.about(episode.entity())) {
      concern(other, since);
    }
    for (Vote vote : episode.votes()) {
      for (Episode other : episodes.on(vote.hypothesis())) {
        concern(other, since);
      }
    }
  }

  private void concern(Episode other, Instant since) {
    if (other.isMember() && !other.last().isBefore(since)) {
      due.add(other.id());
    }
  }

  /** Applies what a person decided. */
  public Outcome apply(Command command) {
    List<Incident> now = new ArrayList<>();
    Optional<Boolean> news = book.command(command, clock.now(), now);
    now.forEach(incident -> published.put(incident.id(), incident));
    due.addAll(book.membersOf(command.incidentId()));
    return news.map(is -> is ? Outcome.ACCEPTED : Outcome.DUPLICATE).orElse(Outcome.REJECTED);
  }

  /**
   * Moves the clock on without a record, as {@code replay} and {@code diagnose} do after the last
   * one.
   */
  public void advanceTo(Instant time) {
    clock.advanceTo(time);
  }

  /**
   * Computes what is due, and returns the incidents that have materially changed since the last
   * call, each with a higher revision, in a stable order.
   */
  public List<Incident> publish() {
    Instant now = clock.now();
    while (!deadlines.isEmpty() && !deadlines.firstKey().isAfter(now)) {
      due.addAll(deadlines.pollFirstEntry().getValue());
    }
    Set<String> done = new LinkedHashSet<>();
    Set<String> seeds = new TreeSet<>(due);
    due.clear();
    for (String seed : seeds) {
      Episode episode = episodes.get(seed);
      if (episode != null && episode.isMember() && !done.contains(seed)) {
        compute(episode, now, done);
      }
    }
    if (Duration.between(forgotten, now).compareTo(FORGET_INTERVAL) >= 0) {
      forgotten = now;
      forget(now);
    }
    List<Incident> out = new ArrayList<>(published.values());
    published.clear();
    out.sort(java.util.Comparator.comparing(Incident::openedAt).thenComparing(Incident::id));
    return out;
  }

  private void compute(Episode seed, Instant now, Set<String> done) {
    List<Footprint> footprints = new ArrayList<>();
    Set<String> todo = new LinkedHashSet<>(List.of(seed.id()));
    Set<String> mine = new LinkedHashSet<>();
    while (!todo.isEmpty()) {
      String id = todo.iterator().next();
      todo.remove(id);
      Episode episode = episodes.get(id);
      if (episode == null || !episode.isMember() || !mine.add(id)) {
        continue;
      }
      List<Episode> members = linker.component(episode, now);
      members.forEach(member -> mine.add(member.id()));
      footprints.addAll(partitioner.divide(new Component(members)));
      // An incident whose entries no longer hang together is judged as a whole.
      for (String fellow : book.fellows(members)) {
        if (!mine.contains(fellow)) {
          todo.add(fellow);
        }
      }
    }
    done.addAll(mine);
    IncidentBook.Update update = book.update(footprints, now);
    update.published().forEach(incident -> published.put(incident.id(), incident));
    if (update.next() != null) {
      later(update.next(), seed);
    }
  }

  private void later(Instant deadline, Episode episode) {
    deadlines.computeIfAbsent(deadline, d -> new LinkedHashSet<>()).add(episode.id());
  }

  /** Drops what can no longer matter. */
  private void forget(Instant now) {
    topology.forget(now);
    for (String id : book.forget(now)) {
      Episode episode = episodes.get(id);
      if (episode != null) {
        episodes.remove(episode);
      }
    }
    Instant horizon = now.minus(settings.contextWindow()).minus(settings.reopenWindow());
    for (Episode episode : List.copyOf(episodes.all())) {
      if (!book.holds(episode)
          && episode.last().plus(episode.state().quiet()).isBefore(horizon)
          && !isFiring(episode)) {
        episodes.remove(episode);
      }
    }
  }

  private static boolean isFiring(Episode episode) {
    Episode.Alert alert = episode.state().alert();
    return alert != null && alert.fired() && alert.endsAt() == null;
  }

  /** The state records that changed since the last call, the last state of each key only. */
  public List<StateRecord> takeWrites() {
    if (clock.takeChanged()) {
      write(StateCodec.CLOCK, StateCodec.encode(clock.state()));
    }
    Incident.Feed feed = clock.health();
    if (!feed.equals(writtenFeed)) {
      writtenFeed = feed;
      write(StateCodec.FEED, StateCodec.encode(feed));
    }
    StateCodec.writeEntities(topology.takeDirty(), StateCodec.OBJECT, this::write);
    StateCodec.writeEntities(topology.takeDirtyLearned(), StateCodec.LEARNED, this::write);
    StateCodec.write(episodes.takeDirty(), StateCodec.EPISODE, this::write);
    StateCodec.write(book.takeDirty(), StateCodec.INCIDENT, this::write);
    List<StateRecord> out = List.copyOf(writes.values());
    writes.clear();
    return out;
  }

  private void write(String key, byte @Nullable [] value) {
    writes.put(key, new StateRecord(key, value));
  }

  /** All incidents that are remembered, merged ones included, as they were last published. */
  public List<Incident> incidents() {
    return book.incidents();
  }

  /** The cluster's clock; {@link Instant#EPOCH} before the first record. */
  public Instant clock() {
    return clock.now();
  }

  /** What is known of the feeds now: joined to incidents when they are read. */
  public Incident.Feed feed() {
    return clock.health();
  }
}
