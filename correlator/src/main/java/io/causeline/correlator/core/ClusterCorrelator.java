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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
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
  private final Rereader rereader;
  private final StateEnds stateEnds;
  private final Linker linker;
  private final Partitioner partitioner;
  private final IncidentBook book;
  private final Agenda agenda;
  private final Map<String, Incident> published = new LinkedHashMap<>();
  private Instant forgotten = Instant.EPOCH;
  private Set<String> weighed = Set.of();
  private Incident.@Nullable Feed writtenFeed;

  /** The incidents' latest snapshots, which are stored apart from the state records. */
  public interface Snapshots {

    /** The snapshot of the incident with this id; null if there is none. */
    @Nullable Incident of(String incidentId);

    /** What was published; of each incident the last counts. */
    static Snapshots among(Collection<Incident> published) {
      Map<String, Incident> latest = new HashMap<>();
      published.forEach(incident -> latest.put(incident.id(), incident));
      return latest::get;
    }
  }

  private ClusterCorrelator(String cluster, Knowledge knowledge, CoreSettings settings) {
    this.settings = settings;
    this.clock = new FeedClock(settings.feedTimeout());
    this.topology = new Topology(settings.contextWindow());
    this.agenda = new Agenda(episodes, settings);
    LocusStates states = new LocusStates(topology);
    LocusFinder loci = new LocusFinder(topology);
    this.stateEnds = new StateEnds(topology, states, settings);
    this.reader =
        new SignalReader(
            knowledge,
            loci,
            states,
            new ChangeJudge(knowledge, topology, states, settings, clock::now),
            settings.tellBenign());
    this.rereader = new Rereader(episodes, reader, stateEnds, settings);
    Healing healing = new Healing(episodes, topology, stateEnds);
    this.linker = new Linker(episodes, healing, settings);
    this.partitioner = new Partitioner(new Scorer(knowledge, episodes, loci, settings), settings);
    this.book =
        new IncidentBook(
            cluster,
            settings,
            healing,
            new IncidentWriter(cluster, knowledge, settings, topology, episodes, clock::gaps),
            episodes,
            knowledge,
            partitioner::rank);
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
   * @param published gives the latest snapshot of an incident, as {@link #publish()} gave it, by
   *     its id; null where it never left
   * @throws IllegalStateException if a record was written by a newer version
   */
  public static ClusterCorrelator restore(
      String cluster,
      Knowledge knowledge,
      CoreSettings settings,
      Iterable<StateRecord> records,
      Snapshots published) {
    ClusterCorrelator correlator = new ClusterCorrelator(cluster, knowledge, settings);
    Map<String, String> members = new LinkedHashMap<>();
    Instant stale = null;
    for (StateRecord record : records) {
      byte[] value = record.value();
      if (value != null && record.key().equals(StateCodec.STALE)) {
        stale = StateCodec.unpacked(record.key(), value).someTime();
      } else if (value != null) {
        correlator.restore(record.key(), value, published, members);
      }
    }
    members.forEach(correlator.book::restoreMember);
    correlator.readAnew(knowledge.version());
    if (stale != null) {
      correlator.rereader.restore(stale);
    }
    for (Episode episode : correlator.episodes.all()) {
      if (episode.isMember() || episode.state().reading().judgedAt() != null) {
        correlator.agenda.concern(episode);
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
      Reading before = episode.state().reading();
      if (!before.knowledge().equals(version) && !episode.last().isBefore(frozen)) {
        episodes.reread(episode, reader::read);
        if (book.holds(episode) && !episode.isMember()) {
          episodes.reread(episode, e -> before);
        }
      }
    }
  }

  private void restore(String key, byte[] value, Snapshots published, Map<String, String> members) {
    if (key.equals(StateCodec.CLOCK)) {
      clock.restore(StateCodec.unpacked(key, value));
    } else if (key.startsWith(StateCodec.OBJECT)) {
      topology.restore(StateCodec.decode(key, value, ObjectHistory.State.class));
    } else if (key.startsWith(StateCodec.LEARNED)) {
      topology.restore(StateCodec.decode(key, value, Topology.Learned.class));
    } else if (key.startsWith(StateCodec.EPISODE)) {
      String id = key.substring(StateCodec.EPISODE.length());
      episodes.restore(EpisodeCodec.unpack(id, StateCodec.unpacked(key, value)));
    } else if (key.startsWith(StateCodec.SEEN)) {
      int end = key.indexOf('/', StateCodec.SEEN.length());
      episodes.restore(
          new EpisodeStore.Seen(
              key.substring(StateCodec.SEEN.length(), end), key.substring(end + 1)),
          StateCodec.unpacked(key, value));
    } else if (key.startsWith(StateCodec.INCIDENT)) {
      Head.State head = StateCodec.decode(key, value, Head.State.class);
      book.restore(head, published.of(head.id()));
    } else if (key.startsWith(StateCodec.STRUCTURE)) {
      book.restorePending(
          key.substring(StateCodec.STRUCTURE.length()), StateCodec.unpacked(key, value).someTime());
    } else if (key.startsWith(StateCodec.MEMBER)) {
      members.put(
          key.substring(StateCodec.MEMBER.length()), StateCodec.unpacked(key, value).someText());
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
    EpisodeStore.Spoken known = episodes.repeated(event);
    if (known != null) {
      known.fact().ifPresent(fact -> learn(fact, event.at()));
      Episode episode = known.episode();
      boolean wasOver = episode.state().overAt() != null;
      if (!episodes.repeat(episode, event)) {
        return Outcome.DUPLICATE;
      }
      seenAgain(episode, wasOver);
      return Outcome.ACCEPTED;
    }
    Optional<EventFacts.Fact> fact = EventFacts.of(event);
    fact.ifPresent(one -> learn(one, event.at()));
    SignalReader.Rule rule = reader.rule(Hearing.Event.of(event));
    EpisodeStore.Observed observed = observe(Episode.of(event, rule.quiet()));
    // The first repeat of what is part of an entry tells which; most Events are repeated.
    episodes.said(event, observed.episode(), fact);
    return outcome(observed);
  }

  private static Outcome outcome(EpisodeStore.Observed observed) {
    return observed.news() ? Outcome.ACCEPTED : Outcome.DUPLICATE;
  }

  private void learn(EventFacts.Fact fact, Instant at) {
    if (topology.learn(fact, at)) {
      reread(Set.of(fact.entity(), Scope.ownerOf(fact.entity())), at);
    }
  }

  private Outcome alert(AlertSignal alert) {
    return "none".equals(alert.severity()) ? Outcome.IGNORED : outcome(observe(Episode.of(alert)));
  }

  private EpisodeStore.Observed observe(Episode fresh) {
    boolean wasOver = false;
    for (Episode known : episodes.withKey(fresh.key())) {
      wasOver |= known.state().overAt() != null;
    }
    EpisodeStore.Observed observed = episodes.observe(fresh, reader::read);
    if (!observed.news()) {
      return observed;
    }
    Episode episode = observed.episode();
    for (Episode absorbed : observed.absorbed()) {
      agenda.remove(absorbed);
    }
    if (observed.known() && observed.absorbed().isEmpty() && episode.state().alert() == null) {
      seenAgain(episode, wasOver);
    } else {
      agenda.concern(episode);
    }
    return observed;
  }

  /** Where only counts grew, soon is early enough; what waits to open has its deadline already. */
  private void seenAgain(Episode episode, boolean wasOver) {
    String incident = book.incidentOf(episode);
    if (wasOver
        || (episode.isMember() && incident == null && Life.opensAtOnce(episode, settings))) {
      agenda.concern(episode);
    } else if (incident != null) {
      agenda.soon(clock.now(), IncidentBook.MINOR_INTERVAL, incident, episode);
    } else if (!episode.isMember()) {
      agenda.concernSoon(episode, clock.now(), IncidentBook.MINOR_INTERVAL);
    }
  }

  /** Applies a record of the topology. */
  public Outcome apply(TopologyRecord record) {
    clock.observe(Signal.FEED_KUBERNETES, record.observedAt());
    Instant since = topology.tellsSince(record);
    Topology.Update update = topology.apply(record);
    for (ObservedChange change : update.retracted()) {
      for (Episode episode : List.copyOf(episodes.withKey(Episode.key(change)))) {
        agenda.concern(episode);
        episodes.remove(episode);
        stateEnds.forget(episode);
      }
    }
    update.changes().forEach(this::observe);
    reread(update.touched(), since);
    return update.outcome();
  }

  /**
   * Tells of all objects that are there now that they are, as {@code diagnose} does: so that faults
   * are found that only their states show.
   *
   * @param since when what is told began; objects that are younger are told of since their creation
   */
  public void observeObjects(Instant since) {
    for (ObservedChange change : topology.observed(since, clock.now())) {
      observe(change);
    }
  }

  private void observe(ObservedChange change) {
    agenda.concern(episodes.observe(Episode.of(change), reader::read).episode());
  }

  private void reread(Collection<EntityRef> touched, Instant since) {
    rereader.touched(touched, since, clock.now()).forEach(agenda::add);
  }

  private void settle() {
    Rereader.Effect effect = rereader.settle(clock.now());
    effect.concerned().forEach(agenda::concern);
    effect.due().forEach(agenda::add);
  }

  /** Applies what a person decided. */
  public Outcome apply(Command command) {
    List<Incident> now = new ArrayList<>();
    Optional<Boolean> news = book.command(command, clock.now(), now);
    now.forEach(incident -> published.put(incident.id(), incident));
    agenda.ask(book.concernedBy(command));
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
    return publish(true);
  }

  /**
   * As {@link #publish()}, but only for what opens an incident at once and what people did. All
   * else waits for {@link #publish()}: an incident of which much is heard is computed once for it.
   */
  public List<Incident> publishUrgent() {
    return publish(false);
  }

  private List<Incident> publish(boolean all) {
    settle();
    Instant now = clock.now();
    Set<String> missing = clock.missing();
    if (!missing.equals(weighed)) {
      // What a feed may have missed lowers the confidence of what was told before, too.
      weighed = missing;
      agenda.addAll(book.held());
    }
    agenda.due(now).forEach(id -> judge(episodes.get(id), now));
    agenda.due(now).forEach(id -> leave(id, now));
    Set<String> done = new LinkedHashSet<>();
    Set<String> seeds = all ? agenda.take() : agenda.takeUrgent(this::isUrgent);
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

  private boolean isUrgent(Episode episode) {
    return episode.isMember() && !book.holds(episode) && Life.opensAtOnce(episode, settings);
  }

  /** A change is judged when its time has come. */
  private void judge(@Nullable Episode episode, Instant now) {
    Instant at = episode == null ? null : episode.state().reading().judgedAt();
    if (episode != null
        && at != null
        && !at.isAfter(now)
        && episodes.reread(episode, reader::read)) {
      agenda.concern(episode);
    }
  }

  /** What is no entry any more leaves its incident. */
  private void leave(String id, Instant now) {
    Episode episode = episodes.get(id);
    if (episode == null || !episode.isMember()) {
      List<Incident> withdrawn = new ArrayList<>();
      agenda.addAll(book.lose(id, now, withdrawn));
      withdrawn.forEach(incident -> published.put(incident.id(), incident));
    }
  }

  private void compute(Episode seed, Instant now, Set<String> done) {
    List<Footprint> found = new ArrayList<>();
    Rulings rulings = book.rulings();
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
      found.addAll(
          partitioner.divide(
              new Component(members, rulings.hypotheses(Ruling.Kind.REJECTED, members)),
              rulings.hypotheses(Ruling.Kind.CONFIRMED, members)));
      // An incident whose entries no longer hang together is judged as a whole.
      Set<String> fellows = book.fellows(members);
      fellows.addAll(rulings.companions(members));
      for (String fellow : fellows) {
        if (!mine.contains(fellow)) {
          todo.add(fellow);
        }
      }
    }
    done.addAll(mine);
    IncidentBook.Update update = book.update(rulings.apply(found, partitioner), now);
    update.published().forEach(incident -> published.put(incident.id(), incident));
    if (update.next() != null) {
      agenda.later(update.next(), seed);
    }
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

  /** The state records that changed since the last call, one for each key. */
  public List<StateRecord> takeWrites() {
    List<StateRecord> out = new ArrayList<>();
    BiConsumer<String, byte @Nullable []> write =
        (key, value) -> out.add(new StateRecord(key, value));
    if (rereader.takeChanged()) {
      Instant since = rereader.waitingSince();
      write.accept(StateCodec.STALE, since == null ? null : StateCodec.packed().time(since).take());
    }
    if (clock.takeChanged()) {
      write.accept(StateCodec.CLOCK, clock.pack());
      Incident.Feed feed = clock.health();
      if (!feed.equals(writtenFeed)) {
        writtenFeed = feed;
        write.accept(StateCodec.FEED, StateCodec.encode(feed));
      }
    }
    StateCodec.writeEntities(topology.takeDirty(), StateCodec.OBJECT, write);
    StateCodec.writeEntities(topology.takeDirtyLearned(), StateCodec.LEARNED, write);
    StateCodec.write(episodes.takeDirty(), StateCodec.EPISODE, EpisodeCodec::pack, write);
    episodes
        .takeDirtySightings()
        .forEach(
            (seen, value) ->
                write.accept(
                    StateCodec.SEEN + seen.episode() + "/" + seen.uid(), value.orElse(null)));
    StateCodec.write(book.takeDirty(), StateCodec.INCIDENT, StateCodec::encode, write);
    StateCodec.write(
        book.takeDirtyMembers(),
        StateCodec.MEMBER,
        incident -> StateCodec.packed().text(incident).take(),
        write);
    StateCodec.write(
        book.takeDirtyPending(),
        StateCodec.STRUCTURE,
        since -> StateCodec.packed().time(since).take(),
        write);
    return out;
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
