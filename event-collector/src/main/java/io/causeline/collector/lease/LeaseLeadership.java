package io.causeline.collector.lease;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One active collector for a cluster, by a Lease in that cluster. Whoever loses it contends again.
 * It counts as lost as soon as it can't be known to be held, whatever the elector is waiting for.
 */
public final class LeaseLeadership implements Leadership {

  private static final Logger log = LoggerFactory.getLogger(LeaseLeadership.class);

  private static final Listener NOBODY =
      new Listener() {
        @Override
        public void gained(@Nullable Predecessor before) {}

        @Override
        public void lost() {}
      };

  private final KubernetesClient client;
  private final LeaseTerms terms;
  private final WatchedLease lease;
  private final ExecutorService elections;
  private final Thread contending;

  private Listener listener = NOBODY;
  private boolean leading;
  private boolean closed;
  private @Nullable CompletableFuture<?> election;

  /** Contends once it is started. */
  public LeaseLeadership(KubernetesClient client, LeaseTerms terms) {
    this.client = client;
    this.terms = terms;
    this.lease = new WatchedLease(terms, System::nanoTime);
    this.elections = Executors.newCachedThreadPool(task -> daemon(task, "collector-lease"));
    this.contending = daemon(this::contend, "collector-election");
  }

  @Override
  public void start(Listener told) {
    synchronized (this) {
      listener = told;
    }
    contending.start();
  }

  @Override
  public boolean held() {
    return lease.isOurs();
  }

  @Override
  public boolean holderKnown() {
    return lease.holderKnown();
  }

  @Override
  public String holder() {
    return lease.holder();
  }

  @Override
  public void tick() {
    CompletableFuture<?> over;
    synchronized (this) {
      if (!leading || lease.isOurs() || closed) {
        return;
      }
      over = election;
    }
    lost();
    if (over != null) { // cancelling gives the lease back, which may have to wait for the server
      elections.execute(() -> over.cancel(true));
    }
  }

  /** Waits up to two seconds for the lease to be given back. */
  @Override
  public void close() {
    CompletableFuture<?> last;
    synchronized (this) {
      closed = true;
      last = election;
    }
    lost();
    if (last != null) {
      last.cancel(true);
    }
    contending.interrupt();
    elections.shutdown();
    try {
      contending.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void contend() {
    try {
      while (true) {
        LeaderElector elector = new LeaderElector(client, config(), elections);
        CompletableFuture<?> run;
        synchronized (this) {
          if (closed) {
            return;
          }
          run = elector.start();
          election = run;
        }
        await(run);
        lost();
        TimeUnit.MILLISECONDS.sleep(terms.retryPeriod().toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CompletableFuture<?> run) throws InterruptedException {
    try {
      run.get();
    } catch (CancellationException e) {
      log.debug("election cancelled");
    } catch (ExecutionException e) {
      log.warn("the election failed; contending again", e.getCause());
    }
  }

  private LeaderElectionConfig config() {
    return new LeaderElectionConfigBuilder()
        .withName(terms.name())
        .withLock(lease)
        .withLeaseDuration(terms.duration())
        .withRenewDeadline(terms.renewDeadline())
        .withRetryPeriod(terms.retryPeriod())
        .withReleaseOnCancel(true)
        .withLeaderCallbacks(new LeaderCallbacks(this::gained, this::lost, LeaseLeadership::tell))
        .build();
  }

  private static void tell(@Nullable String holder) {
    if (holder != null && !holder.isEmpty()) {
      log.info("the active collector is {}", holder);
    }
  }

  private void gained() {
    Listener told;
    synchronized (this) {
      if (closed || leading) {
        return;
      }
      leading = true;
      told = listener;
    }
    told.gained(lease.before().orElse(null));
  }

  private void lost() {
    Listener told;
    synchronized (this) {
      if (!leading) {
        return;
      }
      leading = false;
      told = listener;
    }
    told.lost();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
