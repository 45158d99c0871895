package io.causeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

  @ParameterizedTest
  @CsvSource({
    "nginx,docker.io",
    "nginx:1.27,docker.io",
    "library/nginx,docker.io",
    "index.docker.io/library/nginx,docker.io",
    "localhost/web,localhost",
    "registry:5000/web,registry:5000",
    "Registry.Example.com/a/b@sha256:00,registry.example.com",
    "/web,docker.io"
  })
  void shouldTellTheRegistryOfAnImage(String image, String registry) {
    assertThat(ImageReference.registry(image)).isEqualTo(registry);
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io,ghcr.io",
    "r.example.com:5000,r.example.com:5000",
    "registry-1.docker.io,docker.io",
    "localhost:5000,localhost:5000",
    "nginx:1.27,docker.io",
    "ghcr.io/a/b:1,ghcr.io",
    "nginx,docker.io"
  })
  void shouldTellTheRegistryOfAHostOrAnImage(String text, String registry) {
    assertThat(ImageReference.registryOrHost(text)).isEqualTo(registry);
  }
}
