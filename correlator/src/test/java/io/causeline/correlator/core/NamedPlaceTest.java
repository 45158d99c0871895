package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedPlaceTest {

  private static final Pattern CONFIG_MAP =
      Pattern.compile("configmap \"(?P<locus>[^\"]+)\"(?: in (?P<namespace>\\S+))? not found|boom");

  @Test
  void shouldTakeWhatTheGroupsFound() {
    assertThat(NamedPlace.in(CONFIG_MAP, "MountVolume failed: configmap \"app.conf\" not found"))
        .contains(new NamedPlace("app.conf", null));
    assertThat(NamedPlace.in(CONFIG_MAP, "configmap \"app\" in shop not found"))
        .contains(new NamedPlace("app", "shop"));
  }

  @Test
  void shouldNameNothingWhenTheGroupTookNoPart() {
    assertThat(NamedPlace.in(CONFIG_MAP, "boom")).isEmpty();
    assertThat(NamedPlace.in(Pattern.compile("boom"), "boom")).isEmpty();
    assertThat(NamedPlace.in((String) null, Map.of())).isEmpty();
    assertThat(NamedPlace.in("name", Map.of("namespace", "shop"))).isEmpty();
  }

  @Test
  void shouldTakeAnAlertsLabels() {
    assertThat(NamedPlace.in("name", Map.of("name", "v1.metrics", "namespace", "shop")))
        .contains(new NamedPlace("v1.metrics", "shop"));
    assertThat(NamedPlace.in("name", Map.of("name", "v1.metrics", "namespace", "")))
        .contains(new NamedPlace("v1.metrics", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "$(reboot)",
        "a;b",
        "-a",
        "a-",
        "../etc/passwd",
        "a\u202eb",
        "{locus.name}",
        "?",
        "*",
        "",
        "ä"
      })
  void shouldNameNothingWhenNothingCanHaveTheName(String hostile) {
    assertThat(NamedPlace.in("name", Map.of("name", hostile))).isEmpty();
  }

  @Test
  void shouldNameNothingWhenTheNameIsTooLong() {
    assertThat(NamedPlace.in("name", Map.of("name", "a".repeat(253)))).isPresent();
    assertThat(NamedPlace.in("name", Map.of("name", "a".repeat(254)))).isEmpty();
    assertThat(NamedPlace.in("name", Map.of("name", "a", "namespace", "b".repeat(64)))).isEmpty();
  }

  @Test
  void shouldTellNamespaceAndNameApart() {
    assertThat(object("shop/web")).contains(new NamedPlace("web", "shop"));
    assertThat(object("system:node")).contains(new NamedPlace("system:node", null));
    assertThat(object("a/b/c")).isEmpty();
    assertThat(object("Web")).isEmpty();
    assertThat(object("web@sha256")).isEmpty();
  }

  private static Optional<NamedPlace> object(String name) {
    return new NamedPlace(name, null).ofObject();
  }
}
