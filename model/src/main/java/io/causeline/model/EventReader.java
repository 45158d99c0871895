package io.causeline.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link KubernetesEvent}s, the bulk of all signals, field by field: twice as fast as by data
 * binding. It reads what Causeline writes; whatever else comes, be it wrong or only unusual, it
 * leaves to data binding, so that there is one judge of what is accepted and one wording of what is
 * wrong.
 */
final class EventReader {

  /** As in {@link Signal}'s annotation. */
  private static final String TYPE = "kubernetes-event";

  private final JsonFactory factory;

  EventReader(JsonFactory factory) {
    this.factory = factory;
  }

  /** The event, whole; null if this is none, or not in the usual form. */
  @Nullable KubernetesEvent read(byte[] json) {
    try (JsonParser in = factory.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT
          || !"type".equals(in.nextFieldName())
          || !TYPE.equals(in.nextTextValue())) {
        return null;
      }
      return new Fields().read(in);
    } catch (IOException | UnusualException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Data binding is to look at it. */
  private static final class UnusualException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusualException() {
      // Without a stack: nobody sees it.
      super(null, null, false, false);
    }
  }

  private static final class Fields {

    private @Nullable String cluster;
    private @Nullable String uid;
    private @Nullable Instant observedAt;
    private @Nullable Instant at;
    private @Nullable EntityRef entity;
    private @Nullable String entityUid;
    private @Nullable String reason;
    private boolean warning;
    private @Nullable String message;
    private boolean combined;
    private int count;
    private @Nullable String component;
    private @Nullable String host;
    private @Nullable String fieldPath;
    private @Nullable EntityRef related;

    /** One bit for each field: none may come twice, and those that must be there are counted. */
    private int seen;

    KubernetesEvent read(JsonParser in) throws IOException {
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        read(name, in);
      }
      boolean primitives = (seen & 0b111) == 0b111;
      if (in.currentToken() != JsonToken.END_OBJECT || !primitives) {
        throw new UnusualException();
      }
      return new KubernetesEvent(
          required(cluster),
          required(uid),
          required(observedAt),
          required(at),
          required(entity),
          entityUid,
          required(reason),
          warning,
          required(message),
          combined,
          count,
          component,
          host,
          fieldPath,
          related);
    }

    private void read(String name, JsonParser in) throws IOException {
      switch (name) {
        case "warning" -> warning = flag(in, 0);
        case "combined" -> combined = flag(in, 1);
        case "count" -> count = number(in, 2);
        case "cluster" -> cluster = text(in, 3);
        case "uid" -> uid = text(in, 4);
        case "observedAt" -> observedAt = time(in, 5);
        case "at" -> at = time(in, 6);
        case "entity" -> entity = entity(in, 7);
        case "entityUid" -> entityUid = text(in, 8);
        case "reason" -> reason = text(in, 9);
        case "message" -> message = text(in, 10);
        case "component" -> component = text(in, 11);
        case "host" -> host = text(in, 12);
        case "fieldPath" -> fieldPath = text(in, 13);
        case "related" -> related = entity(in, 14);
        default -> throw new UnusualException();
      }
    }

    private void once(int bit) {
      if ((seen & 1 << bit) != 0) {
        throw new UnusualException();
      }
      seen |= 1 << bit;
    }

    private boolean flag(JsonParser in, int bit) throws IOException {
      once(bit);
      return switch (in.currentToken()) {
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        default -> throw new UnusualException();
      };
    }

    private int number(JsonParser in, int bit) throws IOException {
      once(bit);
      require(in, JsonToken.VALUE_NUMBER_INT);
      return in.getIntValue();
    }

    private String text(JsonParser in, int bit) throws IOException {
      once(bit);
      require(in, JsonToken.VALUE_STRING);
      return in.getText();
    }

    private Instant time(JsonParser in, int bit) throws IOException {
      once(bit);
      require(in, JsonToken.VALUE_STRING);
      return required(
          JsonTimes.parse(in.getTextCharacters(), in.getTextOffset(), in.getTextLength()));
    }

    private EntityRef entity(JsonParser in, int bit) throws IOException {
      once(bit);
      require(in, JsonToken.START_OBJECT);
      String kind = null;
      String namespace = null;
      String name = null;
      int fields = 0;
      for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
        JsonToken token = in.nextToken();
        fields++;
        if (field.equals("namespace") && token == JsonToken.VALUE_NULL) {
          continue;
        }
        require(in, JsonToken.VALUE_STRING);
        switch (field) {
          case "kind" -> kind = in.getText();
          case "namespace" -> namespace = in.getText();
          case "name" -> name = in.getText();
          default -> throw new UnusualException();
        }
      }
      if (in.currentToken() != JsonToken.END_OBJECT || fields > 3) {
        throw new UnusualException();
      }
      return EntityRef.of(required(kind), namespace, required(name));
    }

    private static void require(JsonParser in, JsonToken token) {
      if (in.currentToken() != token) {
        throw new UnusualException();
      }
    }

    private static <T> T required(@Nullable T value) {
      if (value == null) {
        throw new UnusualException();
      }
      return value;
    }
  }
}
