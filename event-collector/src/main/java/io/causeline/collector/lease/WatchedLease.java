package io.causeline.collector.lease;

import io.causeline.collector.lease.Leadership.Predecessor;
import io.causeline.model.Text;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease that collectors contend for. Beside reading and writing it, it knows
 *
 * <ul>
 *   <li>until when it is ours for certain, by a clock that does not jump;
 *   <li>who held it before us;
 *   <li>how long another has not renewed it, by our own observation: the times in it are written by
 *       other machines, whose clocks may differ.
 * </ul>
 */
final class WatchedLease implements Lock {

  private static final Logger log = LoggerFactory.getLogger(WatchedLease.class);

  private final LeaseTerms terms;
  private final LongSupplier nanoTime;

  private @Nullable Lease last;
  private @Nullable LeaderElectionRecord others;
  private ZonedDateTime othersSeenAt = now();
  private @Nullable Predecessor before;
  private boolean ours;
  private long oursUntil;
  private String trouble = "";

  WatchedLease(LeaseTerms terms, LongSupplier nanoTime) {
    this.terms = terms;
    this.nanoTime = nanoTime;
  }

  @Override
  public @Nullable LeaderElectionRecord get(KubernetesClient client) {
    Lease found = attempt("read", () -> lease(client).get());
    return found == null ? null : found(found);
  }

  private synchronized LeaderElectionRecord found(Lease found) {
    last = found;
    LeaderElectionRecord told = read(found);
    if (terms.identity().equals(told.getHolderIdentity())) {
      others = null;
      return told;
    }
    ours = false;
    if (!told.equals(others)) {
      others = told;
      othersSeenAt = now();
    }
    return told.toBuilder().renewTime(othersSeenAt).build();
  }

  @Override
  public void create(KubernetesClient client, LeaderElectionRecord record) {
    long asked = nanoTime.getAsLong();
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(terms.namespace())
            .withName(terms.name())
            .endMetadata()
            .withSpec(spec(record))
            .build();
    taken(attempt("create", () -> client.leases().resource(lease).create()), record, null, asked);
  }

  @Override
  public void update(KubernetesClient client, LeaderElectionRecord record) {
    Lease old = lastRead();
    long asked = nanoTime.getAsLong();
    Lease lease = new LeaseBuilder(old).withSpec(spec(record)).build();
    // With the resourceVersion that was read: of two that update, one fails.
    taken(attempt("update", () -> client.leases().resource(lease).update()), record, old, asked);
  }

  @Override
  public String identity() {
    return terms.identity();
  }

  @Override
  public String describe() {
    return "lease " + terms.namespace() + "/" + terms.name() + " (" + terms.identity() + ")";
  }

  /** Whether no other can hold it at this moment. */
  synchronized boolean isOurs() {
    return ours && nanoTime.getAsLong() - oursUntil < 0;
  }

  /** Who held it before it became ours. */
  synchronized Optional<Predecessor> before() {
    return Optional.ofNullable(before);
  }

  /** Whether it is known that somebody holds it. */
  synchronized boolean holderKnown() {
    return isOurs() || (trouble.isEmpty() && !othersName().isEmpty());
  }

  /** Who holds it, or why that is not known. */
  synchronized String holder() {
    if (isOurs()) {
      return "this collector (" + terms.identity() + ")";
    }
    if (!trouble.isEmpty()) {
      return "not known: " + describe() + ": " + trouble;
    }
    return othersName().isEmpty() ? "none yet" : othersName();
  }

  private String othersName() {
    String holder = others == null ? null : others.getHolderIdentity();
    return Text.label(holder);
  }

  private synchronized Lease lastRead() {
    return Objects.requireNonNull(last, "read before it is updated");
  }

  private synchronized void taken(
      @Nullable Lease now, LeaderElectionRecord record, @Nullable Lease old, long asked) {
    last = now;
    boolean held = terms.identity().equals(record.getHolderIdentity());
    if (held && !ours) {
      before = old == null ? null : predecessor(old);
    }
    ours = held;
    oursUntil = asked + terms.duration().toNanos();
  }

  private static @Nullable Predecessor predecessor(Lease lease) {
    LeaseSpec spec = lease.getSpec();
    if (spec == null || spec.getRenewTime() == null) {
      return null;
    }
    Instant renewed = spec.getRenewTime().toInstant();
    return new Predecessor(renewed, renewed.plus(duration(spec)));
  }

  /** A Lease may have been made by hand, without any of the fields that a holder writes. */
  private static LeaderElectionRecord read(Lease lease) {
    LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
    ZonedDateTime never = Instant.EPOCH.atZone(ZoneOffset.UTC);
    Integer transitions = spec.getLeaseTransitions();
    return new LeaderElectionRecord(
        spec.getHolderIdentity(),
        duration(spec),
        spec.getAcquireTime() == null ? never : spec.getAcquireTime(),
        spec.getRenewTime() == null ? never : spec.getRenewTime(),
        transitions == null ? 0 : transitions);
  }

  private static Duration duration(LeaseSpec spec) {
    Integer seconds = spec.getLeaseDurationSeconds();
    return Duration.ofSeconds(seconds == null || seconds < 1 ? 1 : seconds);
  }

  private static LeaseSpec spec(LeaderElectionRecord record) {
    LeaseSpec spec = new LeaseSpec();
    spec.setHolderIdentity(record.getHolderIdentity());
    spec.setLeaseDurationSeconds((int) Math.max(1, record.getLeaseDuration().toSeconds()));
    spec.setAcquireTime(record.getAcquireTime());
    spec.setRenewTime(record.getRenewTime());
    spec.setLeaseTransitions(record.getLeaderTransitions());
    return spec;
  }

  private io.fabric8.kubernetes.client.dsl.Resource<Lease> lease(KubernetesClient client) {
    return client.leases().inNamespace(terms.namespace()).withName(terms.name());
  }

  @FunctionalInterface
  private interface Attempt {
    @Nullable Lease make();
  }

  /**
   * The elector goes on trying after one kind of exception only, and quietly after a conflict; so
   * each fault becomes one. It is told here, once.
   */
  private @Nullable Lease attempt(String what, Attempt attempt) {
    try {
      Lease lease = attempt.make();
      if (!troubled("").isEmpty()) {
        log.info("{}: works again", describe());
      }
      return lease;
    } catch (RuntimeException e) {
      boolean conflict =
          e instanceof KubernetesClientException k
              && k.getCode() == HttpURLConnection.HTTP_CONFLICT;
      String now = conflict ? "" : "cannot " + what + " it: " + innermost(e);
      if (!now.equals(troubled(now)) && !now.isEmpty()) {
        log.warn("{}: {}; trying again", describe(), now);
      }
      KubernetesClientException again =
          new KubernetesClientException(now, HttpURLConnection.HTTP_CONFLICT, null);
      again.addSuppressed(e); // a cause it can't take
      throw again;
    }
  }

  private static String innermost(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return Text.message(root.getMessage());
  }

  /** Sets what is wrong now, and returns what was before. */
  private synchronized String troubled(String now) {
    String earlier = trouble;
    trouble = now;
    return earlier;
  }

  private static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }
}
