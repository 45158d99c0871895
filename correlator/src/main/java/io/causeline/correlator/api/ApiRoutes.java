package io.causeline.correlator.api;

import io.javalin.http.Handler;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** All routes of the API. What they are for and what they take is in {@code openapi.json}. */
public final class ApiRoutes {

  static final String BASE = "/api/v1";
  static final String INCIDENTS = BASE + "/incidents";

  private static final String OPEN_API = "openapi.json";

  /** A route. */
  record Route(String method, String path, Handler handler) {}

  private final List<Route> routes;

  ApiRoutes(
      IncidentHandlers incidents,
      ActionHandler actions,
      StreamHandler stream,
      CauseHandlers causes) {
    byte[] openApi = openApi();
    routes =
        List.of(
            get("/incidents", incidents::list),
            get("/incidents/{id}", incidents::incident),
            get("/incidents/{id}/timeline", incidents::timeline),
            get("/incidents/{id}/hypotheses", incidents::hypotheses),
            new Route("POST", INCIDENTS + "/{id}/actions", actions::act),
            get("/entities/{kind}/{namespace}/{name}/incidents", incidents::ofEntity),
            get("/stream", stream::stream),
            get("/causes", causes::list),
            get("/causes/{id}", causes::cause),
            get(
                "/" + OPEN_API,
                ctx -> {
                  Parameters.of(ctx.queryParamMap(), Set.of());
                  ctx.contentType("application/json").result(openApi);
                }));
  }

  private static Route get(String path, Handler handler) {
    return new Route("GET", BASE + path, handler);
  }

  List<Route> all() {
    return routes;
  }

  /** Adds them to a server. */
  public void addTo(JavalinDefaultRoutingApi server) {
    for (Route route : routes) {
      if (route.method().equals("POST")) {
        server.post(route.path(), route.handler());
      } else {
        server.get(route.path(), route.handler());
      }
    }
  }

  private static byte[] openApi() {
    try (InputStream in = ApiRoutes.class.getResourceAsStream(OPEN_API)) {
      if (in == null) {
        throw new IllegalStateException(OPEN_API + " is not in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(OPEN_API + " cannot be read", e);
    }
  }
}
