package io.causeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import io.causeline.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggingTest {

  @Test
  void shouldWriteOneLineOfTextByDefault() throws Exception {
    String out = log(Map.of(), "hello\nforged line");

    assertThat(out.lines()).hasSize(1);
    assertThat(out).contains(" WARN ").contains("hello \\n forged line").contains("key=\"v\"");
  }

  @Test
  void shouldWriteJsonWhenAsked() throws Exception {
    JsonNode line = Json.mapper().readTree(log(Map.of("CAUSELINE_LOG_FORMAT", "json"), "hello"));

    assertThat(line.path("message").asText()).isEqualTo("hello");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("key").asText()).isEqualTo("v");
  }

  @Test
  void shouldTakeTheLevelFromTheEnvironment() throws Exception {
    assertThat(log(Map.of("CAUSELINE_LOG_LEVEL", "ERROR"), "hello")).isEmpty();
    assertThat(context(Map.of()).getLogger("org.apache.kafka.x").getEffectiveLevel())
        .isEqualTo(Level.WARN);
  }

  private static String log(Map<String, String> environment, String message) throws Exception {
    PrintStream stderr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      LoggerContext context = context(environment);
      context.getLogger("io.causeline.x").atWarn().addKeyValue("key", "v").log(message);
      context.stop();
    } finally {
      System.setErr(stderr);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Variables of the context stand for the environment's. */
  private static LoggerContext context(Map<String, String> environment) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    environment.forEach(context::putProperty);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
    return context;
  }
}
