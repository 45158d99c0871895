package io.causeline.standalone.evaluate;

import io.causeline.model.EntityRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A recording with what was really done to the cluster.
 *
 * @param id the file's name without its ending
 * @param started when the first fault was made
 * @param expected the incidents that an engineer would tell, none on a quiet day
 */
record LabelledRecording(String id, Path file, Instant started, List<Expected> expected) {

  /**
   * An incident that there was.
   *
   * @param cause its cause's id, for tables
   * @param accepted ids of causes that are right
   * @param locus where it sat; a CloudProvider is compared by its kind only
   */
  record Expected(String cause, Set<String> accepted, EntityRef locus) {

    boolean isAt(EntityRef place) {
      return locus.kind().equals("CloudProvider")
          ? place.kind().equals("CloudProvider")
          : locus.equals(place);
    }
  }
}
