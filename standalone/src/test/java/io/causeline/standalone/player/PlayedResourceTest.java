package io.causeline.standalone.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.standalone.player.PlayedResource.Change;
import io.causeline.standalone.player.PlayedResource.Page;
import io.causeline.standalone.recording.Recorded.Watch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlayedResourceTest {

  private final PlayedResource pods = new PlayedResource(ApiResource.named("pods").orElseThrow());

  @BeforeEach
  void someAreThereAtTheStart() {
    pods.hold(pod("shop", "a", 10));
    pods.hold(pod("shop", "b", 12));
    pods.hold(pod("pay", "c", 11));
  }

  @Test
  void shouldListWhatItHoldsNowWhenThingsHaveChanged() throws ApiStatus {
    pods.apply(change(Watch.Type.DELETED, pod("shop", "a", 20)));
    pods.apply(change(Watch.Type.ADDED, pod("shop", "d", 21)));
    pods.apply(change(Watch.Type.MODIFIED, pod("shop", "b", 22)));

    Page page = pods.list(Optional.empty(), 0, Optional.empty());

    assertThat(page.items())
        .extracting(PlayedResourceTest::described)
        .containsExactly("pay/c@11", "shop/b@22", "shop/d@21");
    assertThat(page.version()).isEqualTo(22);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void shouldListAsOfTheFirstPageWhenThingsChangeBetweenPages() throws ApiStatus {
    Page first = pods.list(Optional.empty(), 2, Optional.empty());
    pods.apply(change(Watch.Type.DELETED, pod("shop", "b", 20)));
    pods.apply(change(Watch.Type.ADDED, pod("shop", "z", 21)));

    Page second = pods.list(Optional.empty(), 2, first.next());

    assertThat(first.items())
        .extracting(PlayedResourceTest::described)
        .containsExactly("pay/c@11", "shop/a@10");
    assertThat(first.remaining()).isEqualTo(1);
    assertThat(second.items())
        .extracting(PlayedResourceTest::described)
        .containsExactly("shop/b@12");
    assertThat(second.version()).isEqualTo(12);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void shouldTellOneNamespaceOnlyWhenOneIsAsked() throws ApiStatus {
    assertThat(pods.list(Optional.of("pay"), 1, Optional.empty()).items())
        .extracting(PlayedResourceTest::described)
        .containsExactly("pay/c@11");
    assertThat(pods.get(Optional.of("pay"), "c")).isPresent();
    assertThat(pods.get(Optional.of("pay"), "a")).isEmpty();
  }

  @Test
  void shouldContinueWithoutGapOrRepeatWhenAWatchResumes() throws Exception {
    pods.apply(change(Watch.Type.MODIFIED, pod("shop", "a", 20)));
    pods.apply(change(Watch.Type.MODIFIED, pod("shop", "a", 25)));
    pods.apply(change(Watch.Type.MODIFIED, pod("shop", "a", 30)));

    assertThat(versionsAfter("12")).containsExactly(20L, 25L, 30L);
    assertThat(versionsAfter("20")).containsExactly(25L, 30L);
    assertThat(versionsAfter("27")).containsExactly(30L);
    assertThat(versionsAfter("30")).isEmpty();
  }

  @Test
  void shouldTellWhatIsThereFirstWhenAWatchNamesNoVersion() throws ApiStatus {
    pods.apply(change(Watch.Type.MODIFIED, pod("shop", "a", 20)));

    PlayedResource.Start start = pods.startOfWatch(Optional.of("shop"), Optional.of("0"));

    assertThat(start.existing())
        .extracting(PlayedResourceTest::described)
        .containsExactly("shop/a@20", "shop/b@12");
    assertThat(start.position()).isEqualTo(1);
  }

  @Test
  void shouldAnswerGoneWhenTheVersionIsOlderThanTheRecording() {
    assertThatThrownBy(() -> pods.startOfWatch(Optional.empty(), Optional.of("9")))
        .isInstanceOfSatisfying(ApiStatus.class, e -> assertThat(e.code()).isEqualTo(410));
  }

  @Test
  void shouldRefuseWhenTokenOrVersionAreNotOurs() {
    assertThatThrownBy(() -> pods.list(Optional.empty(), 1, Optional.of("%%%")))
        .isInstanceOfSatisfying(ApiStatus.class, e -> assertThat(e.code()).isEqualTo(400));
    assertThatThrownBy(() -> pods.startOfWatch(Optional.empty(), Optional.of("newest")))
        .isInstanceOfSatisfying(ApiStatus.class, e -> assertThat(e.code()).isEqualTo(400));
  }

  private List<Long> versionsAfter(String version) throws Exception {
    int position = pods.startOfWatch(Optional.empty(), Optional.of(version)).position();
    return pods.changesFrom(position, 0).stream().map(Change::version).toList();
  }

  private static Watch change(Watch.Type type, ObjectNode object) {
    return new Watch(Instant.EPOCH, "pods", type, object);
  }

  private static ObjectNode pod(String namespace, String name, long version) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.putObject("metadata")
        .put("namespace", namespace)
        .put("name", name)
        .put("resourceVersion", String.valueOf(version));
    return pod;
  }

  private static String described(ObjectNode pod) {
    return "%s/%s@%s"
        .formatted(
            pod.at("/metadata/namespace").asText(),
            pod.at("/metadata/name").asText(),
            pod.at("/metadata/resourceVersion").asText());
  }
}
