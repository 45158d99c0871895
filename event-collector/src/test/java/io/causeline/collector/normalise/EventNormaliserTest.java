package io.causeline.collector.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.EntityRef;
import io.causeline.model.Json;
import io.causeline.model.KubernetesEvent;
import io.causeline.model.Signal;
import io.causeline.model.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventNormaliserTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  @Test
  void shouldReadCoreEventOfANode() {
    KubernetesEvent event = normalise(Samples.read("events/node-not-ready.json"));

    assertThat(event.uid()).isEqualTo("79e860c4-7a51-4e5c-baf0-6879ffde8108");
    assertThat(event.entity()).isEqualTo(EntityRef.of("Node", null, "node-2"));
    assertThat(event.entityUid()).isNull();
    assertThat(event.reason()).isEqualTo("NodeNotReady");
    assertThat(event.warning()).isFalse();
    assertThat(event.count()).isEqualTo(2);
    assertThat(event.at()).isEqualTo("2026-11-21T08:13:43Z");
    assertThat(event.observedAt()).isEqualTo(NOW);
    assertThat(event.component()).isEqualTo("node-controller");
    assertThat(event.host()).isNull();
  }

  @Test
  void shouldReadTheSchedulersEventWhenItHasNoOldTimesAndNoSource() {
    KubernetesEvent event = normalise(Samples.read("events/scheduled.json"));

    assertThat(event.at()).isEqualTo("2026-11-21T08:19:53.066720Z");
    assertThat(event.component()).isEqualTo("default-scheduler");
    assertThat(event.host()).isEqualTo("vm");
    assertThat(event.count()).isEqualTo(1);
  }

  @Test
  void shouldReadTheKubeletsEvent() {
    KubernetesEvent event = normalise(Samples.read("events/unhealthy.json"));

    assertThat(event.warning()).isTrue();
    assertThat(event.host()).isEqualTo("node-2");
    assertThat(event.fieldPath()).isEqualTo("spec.containers{web}");
    assertThat(event.entityUid()).isEqualTo("ee516b40-a58e-44f4-a23e-1cc98eceb16b");
  }

  @Test
  void shouldReadASeriesOfEventsV1() {
    KubernetesEvent event = normalise(Samples.read("events/series-events-v1.json"));

    assertThat(event.entity()).isEqualTo(EntityRef.of("Pod", "shop", "web-0"));
    assertThat(event.count()).isEqualTo(7);
    assertThat(event.at()).isEqualTo("2026-11-21T08:05:00.500Z");
    assertThat(event.message()).startsWith("0/5 nodes are available");
    assertThat(event.component()).isEqualTo("default-scheduler");
    assertThat(event.host()).isEqualTo("master-1");
    assertThat(event.related()).isEqualTo(EntityRef.of("Node", null, "node-9"));
  }

  @Test
  void shouldReadTheDeprecatedFieldsWhenACoreEventIsServedAsEventsV1() {
    KubernetesEvent event =
        normalise(
            Samples.json(
                "{'metadata':{'uid':'u'},'regarding':{'kind':'Pod','name':'p','namespace':'n'},"
                    + "'deprecatedCount':3,'deprecatedFirstTimestamp':'2026-11-21T07:00:00Z',"
                    + "'deprecatedLastTimestamp':'2026-11-21T08:00:00Z',"
                    + "'deprecatedSource':{'component':'kubelet','host':'node-1'}}"));

    assertThat(event.count()).isEqualTo(3);
    assertThat(event.at()).isEqualTo("2026-11-21T08:00:00Z");
    assertThat(event.component()).isEqualTo("kubelet");
    assertThat(event.host()).isEqualTo("node-1");
  }

  @Test
  void shouldTakeOffThePrefixWhenSimilarEventsWereCombined() {
    KubernetesEvent event =
        normalise(Samples.json("{'message':'(combined from similar events): Back-off'}"));

    assertThat(event.combined()).isTrue();
    assertThat(event.message()).isEqualTo("Back-off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'series':{'lastObservedTime':'2026-11-21T08:06:00Z'}, 'lastTimestamp':'2026-11-21T08:05:00Z' |"
            + " 2026-11-21T08:06:00Z",
        "'lastTimestamp':'2026-11-21T08:05:00Z', 'eventTime':'2026-11-21T08:04:00Z' | 2026-11-21T08:05:00Z",
        "'lastTimestamp':null, 'eventTime':'2026-11-21T08:04:00Z' | 2026-11-21T08:04:00Z",
        "'firstTimestamp':'2026-11-21T08:03:00Z' | 2026-11-21T08:03:00Z",
        "'lastTimestamp':'0001-01-01T00:00:00Z' | 2026-11-21T08:02:00Z",
        "'lastTimestamp':'yesterday' | 2026-11-21T08:02:00Z",
        "'lastTimestamp':'2026-11-21T10:05:00+02:00' | 2026-11-21T08:05:00Z",
        "'lastTimestamp':'2026-11-21T09:05:00Z' | 2026-11-21T09:00:00Z"
      })
  void shouldDateByTheBestTimeThere(String fields, Instant at) {
    ObjectNode json =
        Samples.json(
            "{"
                + fields.replace("\"", "'")
                + ", 'metadata':{'creationTimestamp':'2026-11-21T08:02:00Z'}}");

    assertThat(normalise(json).at()).isEqualTo(at);
  }

  @Test
  void shouldBeAboutTheClusterWhenThereIsNoSubject() {
    KubernetesEvent event =
        normalise(Samples.json("{'metadata':{'namespace':'x'},'involvedObject':{}}"));

    assertThat(event.entity()).isEqualTo(EntityRef.of("Cluster", null, "cluster"));
    assertThat(event.at()).isEqualTo(NOW);
  }

  @Test
  void shouldBeAboutTheClusterWhenTheSubjectHasOnlyAName() {
    KubernetesEvent event = normalise(Samples.json("{'involvedObject':{'name':'apiserver'}}"));

    assertThat(event.entity()).isEqualTo(EntityRef.singleton("Cluster"));
  }

  @ParameterizedTest
  @CsvSource({
    "Node,default,",
    "PersistentVolume,default,",
    "Namespace,kube-system,",
    "Widget,default,default",
    "Pod,'',meta",
    "Widget,'',"
  })
  void shouldNameTheSubjectsNamespaceByItsKind(String kind, String told, String expected) {
    KubernetesEvent event =
        normalise(
            Samples.json(
                "{'metadata':{'namespace':'meta'},'involvedObject':{'kind':'"
                    + kind
                    + "','name':'x','namespace':'"
                    + told
                    + "'}}"));

    assertThat(event.entity()).isEqualTo(EntityRef.of(kind, expected, "x"));
  }

  @Test
  void shouldDeriveTheSameUidAgainWhenThereIsNone() {
    String state =
        "{'metadata':{'name':'e','namespace':'n'},'reason':'R','message':'m','count':%d}";
    KubernetesEvent first = normalise(Samples.json(state.formatted(1)));
    KubernetesEvent second = normalise(Samples.json(state.formatted(2)));
    KubernetesEvent other = normalise(Samples.json(state.formatted(1).replace("'R'", "'S'")));

    assertThat(first.uid()).startsWith("derived-").isEqualTo(second.uid());
    assertThat(other.uid()).isNotEqualTo(first.uid());
  }

  @ParameterizedTest
  @CsvSource({"Warning,true", "Normal,false", "warning,false", "Error,false", "'',false"})
  void shouldBeAWarningOnlyWhenTheTypeSaysSo(String type, boolean warning) {
    assertThat(normalise(Samples.json("{'type':'" + type + "'}")).warning()).isEqualTo(warning);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-5,1", "3,3", "99999999999,2147483647", "1e300,2147483647", "'\"12\"',12"})
  void shouldBoundTheCount(String count, int expected) {
    assertThat(normalise(Samples.json("{'count':" + count + "}")).count()).isEqualTo(expected);
  }

  @Test
  void shouldCutAndCleanWhenTheMessageIsHugeAndHostile() {
    ObjectNode json = Samples.json("{}");
    json.put("message", "a\u0000b\u202ec\ud800" + "\u4f60".repeat(100_000));
    json.putObject("involvedObject").put("kind", "Po/d").put("name", "p").put("namespace", "n/x");

    KubernetesEvent event = normalise(json);

    assertThat(event.message().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(Text.MESSAGE_BYTES);
    assertThat(event.message()).startsWith("a b c\ufffd\u4f60").endsWith("\u2026");
    assertThat(EntityRef.parsePath(event.entity().path())).isEqualTo(event.entity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "1", "\"event\""})
  void shouldRejectWhenItIsNoObject(String json) throws Exception {
    NormalisedEvent result = EventNormaliser.normalise("c", Json.mapper().readTree(json), NOW);

    assertThat(result).isEqualTo(new NormalisedEvent.Rejected("not-an-object"));
    assertThat(result.event()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events/node-not-ready.json",
        "events/scheduled.json",
        "events/unhealthy.json",
        "events/series-events-v1.json"
      })
  void shouldStillBeASignalWhenAnyOneFieldIsHostile(String resource) {
    int done =
        Samples.mutations(
            Samples.read(resource),
            json -> {
              KubernetesEvent event = normalise(json);
              Signal back = Json.read(Json.bytes(event), Signal.class);
              assertThat(back).isInstanceOf(KubernetesEvent.class);
              assertThat(event.at()).isBeforeOrEqualTo(NOW);
            });

    assertThat(done).isGreaterThan(100);
  }

  @Test
  void shouldBeASignalWhenTheObjectIsEmpty() {
    assertThat(normalise(JsonNodeFactory.instance.objectNode()).reason()).isEmpty();
  }

  private static KubernetesEvent normalise(JsonNode json) {
    return EventNormaliser.normalise("c", json, NOW).event().orElseThrow();
  }
}
