package io.causeline.correlator.core;

import io.causeline.model.EntityRef;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses an owner from a generated name, for when the object itself was never seen (events without
 * topology). Generated suffixes use the letters that Kubernetes leaves after taking out vowels and
 * look-alikes (apimachinery's util/rand).
 */
final class Owners {

  private static final String SAFE = "[bcdfghjklmnpqrstvwxz2456789]";
  private static final Pattern DEPLOYMENT_POD =
      Pattern.compile("(.+)-(" + SAFE + "{6,10})-" + SAFE + "{5}");
  private static final Pattern REPLICA_SET = Pattern.compile("(.+)-" + SAFE + "{6,10}");
  private static final Pattern STATEFUL_POD = Pattern.compile("(.+)-\\d{1,4}");
  private static final Pattern GENERATED_POD = Pattern.compile("(.+)-" + SAFE + "{5}");

  private Owners() {}

  /** The owner that the name gives away. */
  static Optional<EntityRef> guess(EntityRef entity) {
    if (entity.kind().equals("ReplicaSet")) {
      return first(REPLICA_SET, entity, "Deployment");
    }
    if (!entity.kind().equals("Pod")) {
      return Optional.empty();
    }
    return first(DEPLOYMENT_POD, entity, "Deployment")
        .or(() -> first(STATEFUL_POD, entity, "StatefulSet"))
        .or(() -> first(GENERATED_POD, entity, "DaemonSet"));
  }

  private static Optional<EntityRef> first(Pattern pattern, EntityRef entity, String kind) {
    Matcher matcher = pattern.matcher(entity.name());
    return matcher.matches()
        ? Optional.of(EntityRef.of(kind, entity.namespace(), matcher.group(1)))
        : Optional.empty();
  }
}
