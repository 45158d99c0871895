package io.causeline.correlator.core;

import io.causeline.correlator.core.Reading.Opening;
import io.causeline.correlator.knowledge.ChangeKind;
import io.causeline.correlator.knowledge.Knowledge.Role;
import io.causeline.correlator.knowledge.StateKind;
import io.causeline.correlator.knowledge.Weight;
import io.causeline.model.Incident.Source;
import io.causeline.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry as a state record: a new one is written for every fifth signal of a storm. */
final class EpisodeCodec {

  private EpisodeCodec() {}

  static byte[] pack(Episode.State s) {
    Packed out = StateCodec.packed();
    out.word(s.key()).word(s.source().name()).entity(s.entity()).text(s.entityUid());
    out.word(s.what()).text(s.message()).word(s.component()).flag(s.warning());
    out.time(s.first()).time(s.seenAt()).duration(s.quiet());
    out.bytes(s.alert() == null ? null : Json.bytes(s.alert()));
    ChangeKind change = s.change();
    out.word(change == null ? null : change.name());
    out.list(s.attributes().entrySet(), (to, e) -> to.word(e.getKey()).text(e.getValue()));
    out.time(s.overAt());
    pack(s.reading(), out);
    return out.take();
  }

  private static void pack(Reading reading, Packed out) {
    out.word(reading.knowledge());
    out.list(reading.votes(), EpisodeCodec::pack);
    out.list(reading.visited(), Packed::entity);
    out.flag(reading.benign()).number(reading.openCount()).duration(reading.openAfter());
    Opening opening = reading.opening();
    out.flag(opening != null);
    if (opening != null) {
      out.list(opening.states(), (to, state) -> to.word(state.name())).time(opening.from());
    }
    out.time(reading.judgedAt());
  }

  private static void pack(Packed out, Vote vote) {
    out.word(vote.cause()).entity(vote.locus()).word(vote.role().name()).word(vote.weight().name());
    out.word(vote.group()).duration(vote.within()).flag(vote.state());
  }

  /** Reads what {@link #pack} wrote, as the entry of this id. */
  static Episode.State unpack(String id, Unpacked in) {
    return new Episode.State(
        id,
        in.someWord(),
        Source.valueOf(in.someWord()),
        in.entity(),
        in.text(),
        in.someWord(),
        in.someText(),
        in.word(),
        in.flag(),
        in.someTime(),
        in.someTime(),
        in.someDuration(),
        alert(in.bytes()),
        change(in.word()),
        attributes(in),
        in.time(),
        reading(in));
  }

  private static Episode.@Nullable Alert alert(byte @Nullable [] json) {
    return json == null ? null : Json.read(json, Episode.Alert.class);
  }

  private static @Nullable ChangeKind change(@Nullable String name) {
    return name == null ? null : ChangeKind.valueOf(name);
  }

  private static Map<String, String> attributes(Unpacked in) {
    Map<String, String> attributes = new LinkedHashMap<>();
    in.list(from -> Map.entry(from.someWord(), from.someText()))
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue()));
    return Map.copyOf(attributes);
  }

  private static Reading reading(Unpacked in) {
    return new Reading(
        in.someWord(),
        in.list(EpisodeCodec::vote),
        in.list(Unpacked::entity),
        in.flag(),
        (int) in.number(),
        in.someDuration(),
        in.flag()
            ? new Opening(in.list(from -> StateKind.valueOf(from.someWord())), in.someTime())
            : null,
        in.time());
  }

  private static Vote vote(Unpacked in) {
    return new Vote(
        in.someWord(),
        in.entity(),
        Role.valueOf(in.someWord()),
        Weight.valueOf(in.someWord()),
        in.someWord(),
        in.duration(),
        in.flag());
  }
}
