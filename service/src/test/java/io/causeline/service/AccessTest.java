package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET,    /healthz,    ,             200",
    "GET,    /readyz,     ,             200",
    "HEAD,   /metrics,    ,             200",
    "POST,   /metrics,    ,             401",
    "GET,    /healthz/,   ,             401",
    "GET,    /incidents,  ,             401",
    "GET,    /incidents,  Basic r,      401",
    "GET,    /incidents,  Bearer x,     401",
    "GET,    /incidents,  Bearer r,     200",
    "GET,    /incidents,  bearer  r,    200",
    "GET,    /incidents,  Bearer w,     403",
    "HEAD,   /incidents,  Bearer r,     200",
    "POST,   /incidents,  Bearer r,     403",
    "POST,   /incidents,  Bearer w,     200",
    "DELETE, /incidents,  Bearer r,     403",
    "OPTIONS,/incidents,  Bearer r,     403",
    "BREW,   /incidents,  Bearer r,     403",
  })
  void shouldDecide(String method, String path, @Nullable String authorization, int status) {
    assertThat(
            Access.decide(
                    method,
                    path,
                    authorization,
                    token ->
                        switch (token) {
                          case "r" -> Set.of(BearerTokens.Role.READ);
                          case "w" -> Set.of(BearerTokens.Role.WRITE);
                          default -> Set.of();
                        })
                .status())
        .isEqualTo(status);
  }

  @Test
  void shouldSayWhichRoleIsLacking() {
    assertThat(
            Access.decide("POST", "/x", "Bearer r", t -> Set.of(BearerTokens.Role.READ)).reason())
        .isEqualTo("the bearer token lacks the role write that changing needs");
  }
}
