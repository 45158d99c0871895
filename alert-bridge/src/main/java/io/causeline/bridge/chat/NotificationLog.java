package io.causeline.bridge.chat;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code notifications} topic: what was posted where, surviving every restart. */
interface NotificationLog {

  /**
   * Reads all of some partitions, to where they ended when the call began: the latest state of each
   * incident in one channel.
   *
   * @throws NotificationLogException if it can't be read now
   * @throws io.causeline.service.NewerSchemaException if a newer version wrote to it
   */
  Map<IncidentRef, NotificationState> read(Set<Integer> partitions, String channel);

  /**
   * Writes a state, or removes it; returns when it is stored for certain.
   *
   * @throws NotificationLogException if it may not have been stored
   */
  void store(IncidentRef incident, String channel, @Nullable NotificationState state);

  /** The topic can't be read or written now. */
  final class NotificationLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotificationLogException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
