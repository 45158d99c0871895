package io.causeline.standalone.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.collector.watch.WatchEvent;
import io.causeline.model.Json;
import io.causeline.standalone.recording.Recorded;
import io.causeline.standalone.recording.Recorded.Watch;
import io.causeline.standalone.recording.RecordingReader;
import io.causeline.standalone.recording.RecordingWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording tells that a ConfigMap changed, and not what is in it. */
class RecordedConfigMapTest {

  @TempDir Path folder;

  @Test
  void shouldWriteNoValueOfAConfigMapAndOnlyChangesOfItsContent() throws Exception {
    Path file = folder.resolve("r.jsonl");
    try (RecordingWriter writer = RecordingWriter.create(file)) {
      RecordingFeed feed =
          new RecordingFeed(
              new RecordingFeed.Resource("configmaps", "v1", "ConfigMap"),
              new RecordedNamespaces(Set.of()),
              new RecordingLog(writer, InstantSource.system()));
      feed.listStarts();
      feed.listItem(configMap(1, "hunter2"));
      feed.listEnds("1");
      change(feed, configMap(2, "hunter2"));
      change(feed, configMap(3, "swordfish"));
      change(feed, configMap(4, "swordfish"));
    }

    assertThat(Files.readString(file)).doesNotContain("hunter2").doesNotContain("swordfish");
    List<Watch> watches = watches(file);
    assertThat(watches)
        .extracting(watch -> watch.object().at("/metadata/resourceVersion").asText())
        .containsExactly("1", "3");
    assertThat(watches.get(0).object().at("/data/password").asText())
        .hasSize(16)
        .isNotEqualTo(watches.get(1).object().at("/data/password").asText());
  }

  private static void change(RecordingFeed feed, ObjectNode object) {
    feed.changed(new WatchEvent.Changed(WatchEvent.Type.MODIFIED, object, ""));
  }

  private static ObjectNode configMap(int version, String password) throws Exception {
    JsonNode object =
        Json.mapper()
            .readTree(
                String.format(
                    "{'metadata':{'name':'c','namespace':'n','uid':'u','resourceVersion':'%d',"
                            .replace('\'', '"')
                        + "'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'%s'}}"
                            .replace('\'', '"')
                        + ",'data':{'password':'%s'}}".replace('\'', '"'),
                    version,
                    password,
                    password));
    return (ObjectNode) object;
  }

  private static List<Watch> watches(Path file) {
    List<Watch> watches = new ArrayList<>();
    try (RecordingReader reader = RecordingReader.open(List.of(file))) {
      while (reader.hasNext()) {
        Recorded record = reader.next();
        if (record instanceof Watch watch) {
          watches.add(watch);
        }
      }
    }
    return watches;
  }
}
