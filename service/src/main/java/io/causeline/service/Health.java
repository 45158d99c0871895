package io.causeline.service;

import io.causeline.model.Text;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks behind {@code /healthz} (should this process be restarted?) and {@code /readyz} (does
 * it do its job right now?). A check must answer at once: it reads a state that its component
 * keeps. Several checks may have the same name.
 */
public final class Health {

  private static final Logger log = LoggerFactory.getLogger(Health.class);

  /** The whole's state: up when every check is ok. */
  public enum Status {
    UP,
    DOWN
  }

  /**
   * What a check found.
   *
   * @param detail one sentence for a person; it is served without a token, so no secrets
   */
  public record Result(boolean ok, String detail) {

    public Result {
      detail = Text.message(detail);
    }

    public static Result up(String detail) {
      return new Result(true, detail);
    }

    public static Result down(String detail) {
      return new Result(false, detail);
    }
  }

  /** One check's part of the answer. */
  public record Check(String name, boolean ok, String detail) {}

  /** The answer, as it is served. */
  public record Report(Status status, List<Check> checks) {}

  private record Named(String name, Supplier<Result> check) {}

  private final List<Named> liveness = new CopyOnWriteArrayList<>();
  private final List<Named> readiness = new CopyOnWriteArrayList<>();

  /** Adds a check that only a restart can mend. */
  public void liveness(String name, Supplier<Result> check) {
    liveness.add(new Named(name, check));
  }

  /** Adds a check that says whether the component does its job. */
  public void readiness(String name, Supplier<Result> check) {
    readiness.add(new Named(name, check));
  }

  /** Runs the liveness checks. */
  public Report live() {
    return report(liveness);
  }

  /** Runs the readiness checks. */
  public Report ready() {
    return report(readiness);
  }

  private static Report report(List<Named> checks) {
    List<Check> results = checks.stream().map(Health::run).toList();
    return new Report(results.stream().allMatch(Check::ok) ? Status.UP : Status.DOWN, results);
  }

  private static Check run(Named named) {
    try {
      Result result = named.check().get();
      return new Check(named.name(), result.ok(), result.detail());
    } catch (RuntimeException e) {
      log.error("check {} failed", named.name(), e);
      return new Check(named.name(), false, "the check itself failed; see the log");
    }
  }
}
