package io.causeline.standalone.player;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the played API server says of itself. */
final class ApiDiscovery {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ApiDiscovery() {}

  /** Paths outside of any API group. */
  static JsonNode root(String path) throws ApiStatus {
    return switch (path) {
      case "/version" ->
          JSON.objectNode().put("major", "1").put("minor", "36").put("gitVersion", "v1.36.0");
      case "/healthz", "/livez", "/readyz" -> JSON.textNode("ok");
      case "/api" -> {
        ObjectNode versions = JSON.objectNode().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        yield versions;
      }
      case "/apis" -> groups();
      default -> throw unknown();
    };
  }

  /** The resources of an API group. */
  static JsonNode resources(String group, String version) throws ApiStatus {
    if (!version.equals(groupVersions().get(group))) {
      throw unknown();
    }
    ObjectNode answer =
        JSON.objectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode list = answer.putArray("resources");
    served()
        .filter(resource -> resource.group().equals(group))
        .forEach(
            resource ->
                list.addObject()
                    .put("name", resource.plural())
                    .put("singularName", "")
                    .put("namespaced", resource.namespaced())
                    .put("kind", resource.kind())
                    .putArray("verbs")
                    .add("get")
                    .add("list")
                    .add("watch"));
    return answer;
  }

  private static JsonNode groups() {
    ObjectNode answer = JSON.objectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = answer.putArray("groups");
    groupVersions()
        .forEach(
            (group, version) -> {
              if (!group.isEmpty()) {
                ObjectNode entry = groups.addObject().put("name", group);
                entry.putArray("versions").add(version(group, version));
                entry.set("preferredVersion", version(group, version));
              }
            });
    return answer;
  }

  private static ObjectNode version(String group, String version) {
    return JSON.objectNode().put("groupVersion", group + "/" + version).put("version", version);
  }

  private static Stream<ApiResource> served() {
    return Stream.concat(ApiResource.ALL.stream(), Stream.of(ApiResource.LEASES));
  }

  private static Map<String, String> groupVersions() {
    Map<String, String> versions = new TreeMap<>();
    served().forEach(resource -> versions.put(resource.group(), resource.version()));
    return versions;
  }

  private static ApiStatus unknown() {
    return ApiStatus.notFound("the server could not find the requested resource");
  }
}
