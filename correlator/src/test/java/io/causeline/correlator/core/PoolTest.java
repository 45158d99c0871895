package io.causeline.correlator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.model.EntityRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {

  @Test
  void shouldGiveEqualValuesOneObject() {
    Pool<EntityRef> pool = new Pool<>();
    EntityRef first = EntityRef.of("Pod", "shop", "web");
    EntityRef again = EntityRef.of("Pod", "shop", "web");

    assertThat(pool.all(List.of(first)).get(0)).isSameAs(first);
    assertThat(pool.all(List.of(again)).get(0)).isSameAs(first);
  }

  @Test
  void shouldGiveBackWhatItGotHoweverMany() {
    Pool<EntityRef> pool = new Pool<>();
    List<EntityRef> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add(EntityRef.of("Pod", "shop", "web-" + i));
    }

    assertThat(pool.all(many)).isEqualTo(many);
    assertThat(pool.all(many)).isEqualTo(many);
  }
}
