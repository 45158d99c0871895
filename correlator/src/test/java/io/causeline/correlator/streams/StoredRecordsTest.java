package io.causeline.correlator.streams;

import static io.causeline.correlator.streams.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causeline.model.Incident.Severity;
import io.causeline.model.Incident.State;
import org.junit.jupiter.api.Test;

class StoredRecordsTest {

  @Test
  void shouldReadBackEveryPublication() {
    for (State state : State.values()) {
      for (Severity severity : Severity.values()) {
        Publication active =
            new Publication(state, severity, "image-not-found", T0, null, true, null);
        Publication ended =
            new Publication(state, severity, "", T0, T0.plusMillis(1), false, T0.minusSeconds(1));

        assertThat(Publication.read(active.bytes())).isEqualTo(active);
        assertThat(Publication.read(ended.bytes())).isEqualTo(ended);
        assertThat(IndexEntry.read(active.indexEntry().bytes())).isEqualTo(active.indexEntry());
      }
    }
  }

  @Test
  void shouldRefuseWhatAnotherVersionWrote() {
    byte[] json = "\u0001{\"state\":\"open\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Publication.read(json))
        .isInstanceOf(StoredStateException.class)
        .hasMessageContaining("version 1");
    assertThatThrownBy(() -> IndexEntry.read(json)).isInstanceOf(StoredStateException.class);
  }

  @Test
  void shouldRefuseWhatIsCutOffOrUnknown() {
    byte[] stored = new Publication(State.OPEN, Severity.INFO, "x", T0, null, true, null).bytes();
    byte[] unknown = stored.clone();
    unknown[1] = 'z';

    assertThatThrownBy(() -> Publication.read(java.util.Arrays.copyOf(stored, 9)))
        .isInstanceOf(StoredStateException.class);
    assertThatThrownBy(() -> Publication.read(unknown)).isInstanceOf(StoredStateException.class);
    assertThatThrownBy(() -> IndexEntry.read(new byte[] {2}))
        .isInstanceOf(StoredStateException.class);
  }
}
