package io.causeline.bridge.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A channel in memory, which can do everything at once. */
final class MemoryChannel implements ChatChannel {

  private final String name;
  private final Map<String, IncidentCard> messages = new LinkedHashMap<>();
  private final List<String> replies = new ArrayList<>();
  private SendResult failure;
  private int calls;

  MemoryChannel(String name) {
    this.name = name;
  }

  /** Everything comes to this; null for nothing. */
  synchronized void fail(SendResult result) {
    failure = result;
  }

  /** The messages, as {@code title: state}. */
  synchronized List<String> messages() {
    return messages.values().stream().map(c -> c.title() + ": " + c.state().word()).toList();
  }

  synchronized List<String> replies() {
    return List.copyOf(replies);
  }

  synchronized int calls() {
    return calls;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String target() {
    return "memory";
  }

  @Override
  public ChannelCapabilities capabilities() {
    return new ChannelCapabilities(true, true, true, 10_000, Duration.ZERO, Duration.ZERO);
  }

  @Override
  public synchronized SendResult post(IncidentCard card, Marker marker) {
    calls++;
    if (failure != null) {
      return failure;
    }
    String id = marker.incident() + "/" + marker.operation() + "/" + calls;
    messages.put(id, card);
    return new SendResult.Sent(new MessageRef(name, id));
  }

  @Override
  public synchronized SendResult edit(MessageRef message, IncidentCard card, Marker marker) {
    calls++;
    if (failure != null) {
      return failure;
    }
    messages.put(message.id(), card);
    return new SendResult.Sent(message);
  }

  @Override
  public synchronized SendResult reply(MessageRef thread, ChangeNote note, Marker marker) {
    calls++;
    if (failure != null) {
      return failure;
    }
    replies.add(note.changes().get(0).word());
    return new SendResult.Sent(new MessageRef(name, thread.id() + "/" + marker.operation()));
  }

  @Override
  public SendResult followUp(ChangeNote note, Marker marker) {
    throw new UnsupportedOperationException("it can reply");
  }

  @Override
  public synchronized FindResult find(
      String target, Optional<MessageRef> thread, Marker marker, Instant sentAt) {
    calls++;
    return messages.keySet().stream()
        .filter(id -> id.startsWith(marker.incident() + "/" + marker.operation() + "/"))
        .<FindResult>map(id -> new FindResult.Found(new MessageRef(name, id)))
        .findFirst()
        .orElse(new FindResult.Absent());
  }

  @Override
  public void close() {}
}
