package io.causeline.correlator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuiltInPacksTest {

  @Test
  void shouldLoadWhenAsked() {
    assertThat(KnowledgeLoader.builtIn().causes()).hasSize(12);
  }
}
