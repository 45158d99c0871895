package io.causeline.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.causeline.model.Incident;
import io.causeline.model.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How incidents are printed. */
enum OutputFormat {
  /** One document, {@code {"incidents": [...]}}. */
  JSON {
    @Override
    void print(List<Incident> incidents, PrintStream out) {
      try {
        out.println(
            Json.mapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Map.of("incidents", incidents)));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("incidents cannot be written as JSON", e);
      }
    }
  },

  /** For people. */
  TEXT {
    @Override
    void print(List<Incident> incidents, PrintStream out) {
      out.print(IncidentText.of(incidents));
    }
  };

  abstract void print(List<Incident> incidents, PrintStream out);

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
