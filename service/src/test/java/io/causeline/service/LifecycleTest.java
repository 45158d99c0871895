package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private final List<String> closed = new ArrayList<>();

  @Test
  void shouldCloseInReverseOrderWhenOneThrows() {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.add("a", () -> closed.add("a"));
    lifecycle.add(
        "b",
        () -> {
          closed.add("b");
          throw new IllegalStateException("cannot close");
        });
    lifecycle.add("c", () -> closed.add("c"));

    lifecycle.close();
    lifecycle.close();

    assertThat(closed).containsExactly("c", "b", "a");
  }

  @Test
  void shouldCloseTheRestAndKeepTheFlagWhenInterrupted() {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.add("a", () -> closed.add("a " + Thread.currentThread().isInterrupted()));
    lifecycle.add(
        "b",
        () -> {
          throw new InterruptedException();
        });

    lifecycle.close();

    assertThat(closed).containsExactly("a false");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldCloseAtOnceWhatComesTooLate() {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.close();

    assertThatThrownBy(() -> lifecycle.add("late", () -> closed.add("late")))
        .hasMessageContaining("late came too late");
    assertThat(closed).containsExactly("late");
  }
}
