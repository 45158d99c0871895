package io.causeline.bridge.alertmanager;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.causeline.model.Json;
import io.causeline.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A webhook body, cut into its alerts without building a tree of it: a body of small brackets would
 * take twenty times its size as a tree. Of the group only what matters is read; its own {@code
 * status} does not, since it is computed after truncation.
 */
final class WebhookBody {

  /** More alerts than 10 MiB of real ones hold: such a body is an attack on memory. */
  static final int MAX_ALERTS = 100_000;

  private record Slice(int from, int to) {}

  private final byte[] body;
  private final List<Slice> alerts;
  private final long truncated;

  private WebhookBody(byte[] body, List<Slice> alerts, long truncated) {
    this.body = body;
    this.alerts = alerts;
    this.truncated = truncated;
  }

  /** How many alerts there are. */
  int size() {
    return alerts.size();
  }

  /** How many bytes an alert has. */
  int bytes(int alert) {
    return alerts.get(alert).to() - alerts.get(alert).from();
  }

  /** The JSON of an alert. */
  String json(int alert) {
    return new String(body, alerts.get(alert).from(), bytes(alert), StandardCharsets.UTF_8);
  }

  /** {@code truncatedAlerts}: how many alerts Alertmanager left out. */
  long truncated() {
    return truncated;
  }

  /** Takes the alerts of a body, in order. */
  interface Reader {

    /**
     * One alert.
     *
     * @param json the alert's own
     */
    void alert(AlertFields alert, Supplier<String> json);
  }

  /**
   * Reads a body in one go, which is what nearly all bodies allow.
   *
   * @return how many alerts Alertmanager left out; -1 if the body must be read with more care, for
   *     its size or because something is wrong with it. What was told to the reader is void then
   */
  static long readAtOnce(byte[] body, Reader reader) {
    if (body.length > AlertNormaliser.MAX_ALERT_BYTES) {
      return -1;
    }
    try (JsonParser json = Json.mapper().getFactory().createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return -1;
      }
      boolean alerts = false;
      long truncated = 0;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("alerts")) {
          if (alerts || value != JsonToken.START_ARRAY || !readAlerts(json, body, reader)) {
            return -1;
          }
          alerts = true;
        } else if (field.equals("truncatedAlerts") && value == JsonToken.VALUE_NUMBER_INT) {
          truncated = Math.max(0, json.getValueAsLong());
        } else {
          json.skipChildren();
        }
      }
      return alerts && json.nextToken() == null ? truncated : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private static boolean readAlerts(JsonParser json, byte[] body, Reader reader)
      throws IOException {
    int alerts = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      int from = (int) json.currentTokenLocation().getByteOffset();
      if (from < 0 || ++alerts > MAX_ALERTS) {
        return false;
      }
      AlertFields alert = AlertFields.read(json);
      json.finishToken();
      int to = (int) json.currentLocation().getByteOffset();
      reader.alert(alert, () -> new String(body, from, to - from, StandardCharsets.UTF_8));
    }
    return true;
  }

  /**
   * Reads a body.
   *
   * @throws UnusableBodyException if it is no JSON object with an array {@code alerts}
   */
  static WebhookBody read(byte[] body) {
    try (JsonParser json = Json.mapper().getFactory().createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new UnusableBodyException(
            "the body is not a JSON object; Alertmanager's webhook sends one with an array"
                + " 'alerts'");
      }
      List<Slice> alerts = null;
      long truncated = 0;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("alerts")) {
          if (value != JsonToken.START_ARRAY) {
            throw new UnusableBodyException("'alerts' is not an array");
          }
          alerts = slices(json);
        } else if (field.equals("truncatedAlerts") && value == JsonToken.VALUE_NUMBER_INT) {
          truncated = Math.max(0, json.getValueAsLong());
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new UnusableBodyException("the body goes on after its JSON object");
      }
      if (alerts == null) {
        throw new UnusableBodyException(
            "the body has no array 'alerts'; Alertmanager's webhook (version 4) has one");
      }
      return new WebhookBody(body, alerts, truncated);
    } catch (JsonProcessingException e) {
      throw new UnusableBodyException(
          "the body is not JSON: " + Text.message(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UnusableBodyException("the body is not JSON: " + Text.message(e.getMessage()), e);
    }
  }

  private static List<Slice> slices(JsonParser json) throws IOException {
    List<Slice> slices = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (slices.size() >= MAX_ALERTS) {
        throw new UnusableBodyException("the body has more than " + MAX_ALERTS + " alerts");
      }
      int from = (int) json.currentTokenLocation().getByteOffset();
      if (from < 0) {
        throw new UnusableBodyException("the body is not in UTF-8");
      }
      json.skipChildren();
      json.finishToken();
      slices.add(new Slice(from, (int) json.currentLocation().getByteOffset()));
    }
    return slices;
  }
}
