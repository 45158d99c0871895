package io.causeline.service;

import io.causeline.model.Text;

/**
 * A request's failure, thrown by handlers and answered as an RFC 9457 problem. Title and detail are
 * shown to the client.
 */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final String detail;

  /**
   * @param status an HTTP status of 400 or more
   * @param title the same for every occurrence of this kind of failure
   * @param detail what is wrong this time, and the way out
   */
  public Problem(int status, String title, String detail) {
    super(title + ": " + detail);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("not the status of a failure: " + status);
    }
    this.status = status;
    this.title = Text.label(title);
    this.detail = Text.message(detail);
  }

  /** 400: a request that can never be right. */
  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad Request", detail);
  }

  /** 404: no such thing. */
  public static Problem notFound(String detail) {
    return new Problem(404, "Not Found", detail);
  }

  /** 503: the same request may succeed later. */
  public static Problem unavailable(String detail) {
    return new Problem(503, "Service Unavailable", detail);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return detail;
  }
}
