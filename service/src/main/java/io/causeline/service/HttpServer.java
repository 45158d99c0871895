package io.causeline.service;

import io.causeline.model.Json;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import io.javalin.router.Endpoint;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's HTTP server: its own routes, and {@code /healthz}, {@code /readyz} and {@code
 * /metrics}, which need no token since probes and scrapers bear none.
 *
 * <p>With a tokens file every other GET and HEAD needs the role read, every other method the role
 * write ({@link BearerTokens}). Every error, also one that a handler throws as {@link Problem}, is
 * an RFC 9457 problem; unexpected exceptions are logged here, once, and answered with 500 and no
 * inner detail. Bodies above {@link HttpSettings#maxBodyBytes()} get 413 when read by {@code
 * ctx.bodyAsBytes()} or announced by Content-Length. Requests are counted and timed by method,
 * route and status.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  private static final double[] SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Javalin javalin;
  private final String host;
  private final int port;

  private HttpServer(Javalin javalin, String host) {
    this.javalin = javalin;
    this.host = host;
    this.port = javalin.port();
  }

  /**
   * Binds and serves.
   *
   * @param routes adds the service's routes; {@code exception} and {@code before} handlers are
   *     welcome too
   * @throws StartupException when the address cannot be bound, or may not be without tokens
   */
  public static HttpServer start(
      HttpSettings settings,
      Health health,
      Metrics metrics,
      Consumer<JavalinDefaultRoutingApi> routes) {
    BearerTokens tokens = tokens(settings);
    HttpErrors errors = new HttpErrors(4L * settings.maxBodyBytes());
    Javalin javalin =
        Javalin.create(
            config -> {
              configure(config, settings, errors);
              config.routes.before(ctx -> admit(ctx, tokens, settings.maxBodyBytes()));
              ownRoutes(config, health, metrics);
              errors.install(config);
              time(config, metrics);
              routes.accept(config.routes);
            });
    javalin.start();
    HttpServer server = new HttpServer(javalin, settings.host());
    log.info("listening on {}", server.url());
    return server;
  }

  /** The port it listens on, or listened on before it was closed. */
  public int port() {
    return port;
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080}. */
  public String url() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Stops listening and cuts what is under way. */
  @Override
  public void close() {
    javalin.stop();
  }

  private static @Nullable BearerTokens tokens(HttpSettings settings) {
    boolean none = settings.auth() == HttpSettings.Auth.NONE;
    if (settings.tokensFile().isPresent()) {
      if (none) {
        throw new StartupException(
            "causeline.http.auth is none, yet causeline.http.tokens-file is set: remove one of"
                + " them");
      }
      return new BearerTokens(settings.tokensFile().get(), InstantSource.system());
    }
    if (!none && !isLoopback(settings.host())) {
      throw new StartupException(
          "causeline.http.host = \""
              + settings.host()
              + "\" is reachable from other machines and there are no tokens: set"
              + " causeline.http.tokens-file, or say causeline.http.auth: none, or bind to"
              + " 127.0.0.1");
    }
    return null;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new StartupException(
          "causeline.http.host = \"" + host + "\" is no address of this machine", e);
    }
  }

  private static void configure(JavalinConfig config, HttpSettings settings, HttpErrors errors) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = settings.maxBodyBytes();
    config.jsonMapper(new JavalinJackson(Json.mapper(), false));
    config.jetty.modifyHttpConfiguration(
        http -> http.setRequestHeaderSize(settings.maxHeaderBytes()));
    config.jetty.modifyServer(server -> server.setErrorHandler(errors.serverErrors()));
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(errors.serverErrors()));
    config.jetty.addConnector((server, http) -> bind(server, http, settings));
  }

  /** Binds here, before the server starts, so that the failure can say which host and port. */
  private static ServerConnector bind(
      Server server, HttpConfiguration http, HttpSettings settings) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    try {
      connector.open();
      return connector;
    } catch (IOException e) {
      Throwable root = e.getCause() == null ? e : e.getCause();
      throw new StartupException(
          "Cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + " ("
              + root.getMessage()
              + "): stop what uses the port, or set causeline.http.port to another one",
          e);
    }
  }

  private static void admit(Context ctx, @Nullable BearerTokens tokens, int maxBodyBytes) {
    ctx.header("X-Content-Type-Options", "nosniff");
    if (tokens != null) {
      Access.Decision decision =
          Access.decide(
              ctx.method().name(), ctx.path(), ctx.header("Authorization"), tokens::roles);
      if (decision.status() != 200) {
        ctx.header(
            "WWW-Authenticate",
            decision.status() == 403
                ? "Bearer realm=\"causeline\", error=\"insufficient_scope\""
                : "Bearer realm=\"causeline\"");
        throw new HttpResponseException(decision.status(), decision.reason());
      }
    }
    if (ctx.req().getContentLengthLong() > maxBodyBytes) {
      throw new Problem(
          413,
          ProblemDetails.phrase(413),
          "the body has "
              + ctx.req().getContentLengthLong()
              + " bytes, above the limit of "
              + maxBodyBytes
              + " (causeline.http.max-body-bytes)");
    }
  }

  private static void ownRoutes(JavalinConfig config, Health health, Metrics metrics) {
    config.routes.get("/healthz", ctx -> report(ctx, health.live()));
    config.routes.get("/readyz", ctx -> report(ctx, health.ready()));
    config.routes.get(
        "/metrics",
        ctx -> {
          String type = Metrics.contentType(ctx.header("Accept"));
          ctx.contentType(type).result(metrics.scrape(type));
        });
  }

  private static void report(Context ctx, Health.Report report) {
    ctx.header("Cache-Control", "no-store");
    ctx.status(report.status() == Health.Status.UP ? 200 : 503).json(report);
  }

  private static void time(JavalinConfig config, Metrics metrics) {
    Metrics.Histogram seconds =
        metrics.histogram(
            "causeline_http_request_duration_seconds",
            "Time from a request's arrival to the end of its answer, by method, route and status;"
                + " streams of events are left out.",
            SECONDS,
            "method",
            "route",
            "code");
    config.requestLogger.http(
        (ctx, millis) -> {
          String type = ctx.res().getContentType();
          if (type != null && type.startsWith("text/event-stream")) {
            return;
          }
          // Only routes and methods that exist: the outside must not choose label values.
          Endpoint endpoint = ctx.endpoints().lastHttpEndpoint();
          String method = ctx.method().name();
          seconds.observe(
              millis / 1000.0,
              METHODS.contains(method) ? method : "other",
              endpoint == null ? "none" : endpoint.path,
              String.valueOf(ctx.statusCode()));
        });
  }
}
