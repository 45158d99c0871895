package io.causeline.correlator.streams;

import static io.causeline.correlator.streams.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.EntityRef;
import io.causeline.model.Incident;
import io.causeline.model.Incident.TimelineEntry;
import io.causeline.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private static final EntityRef POD = EntityRef.of("Pod", "shop", "web");

  private static Incident incident(int entries, String message) {
    List<TimelineEntry> timeline = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      timeline.add(SampleIncidents.entry("e" + i, T0.plusSeconds(i), POD, "BackOff", message));
    }
    return SampleIncidents.of("id", "c1", Incident.State.OPEN, T0, null, 1, "title", POD, timeline);
  }

  @Test
  void shouldKeepAnIncidentThatFits() {
    Incident incident = incident(100, "short");

    Snapshot snapshot = Snapshot.of(incident);

    assertThat(snapshot.cut()).isFalse();
    assertThat(Json.read(snapshot.json(), Incident.class)).isEqualTo(incident);
  }

  @Test
  void shouldCutTextsFirstAndSaySo() {
    Incident incident = incident(600, "x".repeat(1000));

    Snapshot snapshot = Snapshot.of(incident);

    assertThat(snapshot.cut()).isTrue();
    assertThat(snapshot.json().length).isLessThanOrEqualTo(Snapshot.MAX_BYTES);
    List<TimelineEntry> timeline = snapshot.incident().timeline();
    assertThat(timeline).hasSize(601);
    assertThat(timeline.get(0).message()).hasSizeLessThan(300);
    assertThat(timeline.get(600).id()).isEqualTo(Snapshot.CUT);
    assertThat(timeline.get(600).message()).contains("texts are cut to 256 bytes");
  }

  @Test
  void shouldLeaveOutEntriesWhenTextsAreNotEnough() {
    Incident incident = incident(5000, "x".repeat(1000));

    Snapshot snapshot = Snapshot.of(incident);

    assertThat(snapshot.json().length).isLessThanOrEqualTo(Snapshot.MAX_BYTES);
    Set<String> ids = new HashSet<>();
    snapshot.incident().timeline().forEach(entry -> ids.add(entry.id()));
    assertThat(ids).hasSize(401).contains("e0");
    assertThat(ids).containsAll(snapshot.incident().best().explains());
    assertThat(snapshot.incident().timeline().get(400).message())
        .contains("4600 less important entries are left out");
  }

  @Test
  void shouldFitWhateverComes() {
    Incident incident = incident(5000, "\"".repeat(1000));

    Snapshot snapshot = Snapshot.of(incident, 16 * 1024);

    assertThat(snapshot.json().length).isLessThanOrEqualTo(16 * 1024);
  }
}
