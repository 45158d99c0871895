package io.causeline.service;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.validation.ValidationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes every error of a server an RFC 9457 problem, whoever found it. */
final class HttpErrors {

  private static final Logger log = LoggerFactory.getLogger(HttpErrors.class);

  private static final String INTERNAL =
      "something failed here that is not the request's fault; the log of the service tells what";

  private final long drainBytes;

  /** With how much of a body that nobody wants is read, so that its sender sees the answer. */
  HttpErrors(long drainBytes) {
    this.drainBytes = drainBytes;
  }

  void install(JavalinConfig config) {
    config.routes.exception(Problem.class, this::onProblem);
    config.routes.exception(HttpResponseException.class, this::onResponse);
    config.routes.exception(
        ValidationException.class,
        (e, ctx) -> answer(ctx, 400, "a parameter is not valid: " + e.getErrors().keySet()));
    config.routes.exception(Exception.class, this::onException);
    config.routes.after(HttpErrors::fillEmpty);
    config.router.javaLangErrorHandler(
        (response, error) -> {
          response.setStatus(500);
          response.setContentType(ProblemDetails.CONTENT_TYPE);
          log.error("a request failed", error);
          try {
            response.getOutputStream().write(ProblemDetails.body(500, INTERNAL, ""));
          } catch (IOException | IllegalStateException e) {
            log.debug("the client does not hear of it", e);
          }
        });
  }

  /** For what never reaches a handler: broken requests, headers too large, wrong upgrades. */
  ErrorHandler serverErrors() {
    return new ErrorHandler() {
      @Override
      protected void generateResponse(
          Request request,
          Response response,
          int code,
          @Nullable String message,
          @Nullable Throwable cause,
          Callback callback) {
        String detail = code >= 500 || message == null ? ProblemDetails.phrase(code) : message;
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDetails.CONTENT_TYPE);
        byte[] body = ProblemDetails.body(code, detail, request.getHttpURI().getPath() + "");
        response.write(true, ByteBuffer.wrap(body), callback);
      }
    };
  }

  private void onProblem(Problem problem, Context ctx) {
    ctx.status(problem.status())
        .contentType(ProblemDetails.CONTENT_TYPE)
        .result(
            ProblemDetails.body(problem.status(), problem.title(), problem.detail(), ctx.path()));
    if (problem.status() == 413) {
      drain(ctx);
    }
  }

  private void onResponse(HttpResponseException e, Context ctx) {
    String detail = e.getMessage();
    if (e instanceof MethodNotAllowedResponse) {
      String allowed = String.join(", ", e.getDetails().values());
      ctx.header("Allow", allowed);
      detail = "allowed here: " + allowed;
    }
    answer(
        ctx,
        e.getStatus(),
        detail == null || detail.isEmpty() ? ProblemDetails.phrase(e.getStatus()) : detail);
    if (e.getStatus() == 413) {
      drain(ctx);
    }
  }

  private void onException(Exception e, Context ctx) {
    if (e instanceof HttpException refused && refused.getCode() < 500) {
      answer(ctx, refused.getCode(), ProblemDetails.phrase(refused.getCode()));
      return;
    }
    // Logged here, once, with its cause; the client learns nothing of the inside.
    log.atError()
        .setMessage("a request failed")
        .addKeyValue("method", ctx.method().name())
        .addKeyValue("path", io.causeline.model.Text.label(ctx.path()))
        .setCause(e)
        .log();
    answer(ctx, 500, INTERNAL);
  }

  /** A status of failure that nobody explained. */
  private static void fillEmpty(Context ctx) {
    int status = ctx.statusCode();
    if (status >= 400 && ctx.resultInputStream() == null && !ctx.res().isCommitted()) {
      answer(ctx, status, ProblemDetails.phrase(status));
    }
  }

  static void answer(Context ctx, int status, String detail) {
    ctx.status(status)
        .contentType(ProblemDetails.CONTENT_TYPE)
        .result(ProblemDetails.body(status, detail, ctx.path()));
  }

  /**
   * Reads on for a while: a connection that is closed while its client still writes is reset, and
   * then the client never sees why.
   */
  private void drain(Context ctx) {
    if (ctx.header("Expect") != null) {
      return;
    }
    byte[] chunk = new byte[16_384];
    long left = drainBytes;
    try {
      InputStream in = ctx.req().getInputStream();
      int read = 0;
      while (left > 0 && read >= 0) {
        read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        left -= Math.max(read, 0);
      }
    } catch (IOException | RuntimeException e) {
      log.debug("the client went away before it heard that its body is too large", e);
    }
  }
}
