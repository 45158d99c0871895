package io.causeline.bridge.chat;

import java.util.List;

/**
 * What a reply says: the changes, of the incident as it is now.
 *
 * @param changes not empty, the weightiest first
 */
public record ChangeNote(IncidentCard card, List<Change> changes) {

  public ChangeNote {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a note without a change says nothing");
    }
  }
}
