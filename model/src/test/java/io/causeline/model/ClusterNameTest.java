package io.causeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "9", "prod-eu_1.example", "Z--", "A.b"})
  void shouldTakeWhatKeysCanHold(String name) {
    assertThat(ClusterName.isValid(name)).isTrue();
    assertThat(ClusterName.require(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", ".a", "_a", "a/b", "a b", "ä", "aä", "a\n", "a:", "a@", "a["})
  void shouldRefuseAllElse(String name) {
    assertThat(ClusterName.isValid(name)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> ClusterName.require(name));
  }

  @Test
  void shouldBoundItsLength() {
    assertThat(ClusterName.isValid("a".repeat(100))).isTrue();
    assertThat(ClusterName.isValid("a".repeat(101))).isFalse();
  }
}
