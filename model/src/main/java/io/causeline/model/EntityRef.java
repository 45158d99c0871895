package io.causeline.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object, or a virtual place that many objects depend on, within one cluster. A Node is known by
 * its name (its uid differs between emitters); a singleton such as {@code ClusterDNS} is named
 * {@code cluster}.
 *
 * @param kind Kubernetes kind ({@code Pod}) or virtual kind ({@code CloudProvider}); never empty
 * @param namespace null for what is cluster-scoped; never empty
 * @param name never empty
 */
@JsonPropertyOrder({"kind", "namespace", "name"})
public record EntityRef(
    String kind, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String namespace, String name)
    implements Comparable<EntityRef> {

  private static final Comparator<EntityRef> ORDER =
      Comparator.comparing(EntityRef::kind)
          .thenComparing(e -> e.namespace() == null ? "" : e.namespace())
          .thenComparing(EntityRef::name);

  /** The name of a place of which a cluster has only one. */
  public static final String SINGLETON = "cluster";

  public EntityRef {
    kind = Text.label(kind);
    name = Text.label(name);
    if (kind.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("an entity needs a kind and a name");
    }
    if (namespace != null) {
      String cleaned = Text.label(namespace);
      namespace = cleaned.isEmpty() ? null : cleaned;
    }
  }

  /** An object in a namespace. */
  public static EntityRef of(String kind, @Nullable String namespace, String name) {
    return new EntityRef(kind, namespace, name);
  }

  /** A place of which a cluster has only one, such as {@code ControlPlane}. */
  public static EntityRef singleton(String kind) {
    return new EntityRef(kind, null, SINGLETON);
  }

  /** {@code kind/namespace/name}, with {@code -} for no namespace: the form used in keys. */
  @JsonIgnore
  public String path() {
    return kind + "/" + (namespace == null ? "-" : namespace) + "/" + name;
  }

  /** Reads what {@link #path()} wrote. */
  public static EntityRef parsePath(String path) {
    String[] parts = path.split("/", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not an entity path: " + path);
    }
    return new EntityRef(parts[0], parts[1].equals("-") ? null : parts[1], parts[2]);
  }

  /** Written out, as is {@link #hashCode}: a record's own are slow until they are compiled well. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof EntityRef that
            && name.equals(that.name)
            && kind.equals(that.kind)
            && Objects.equals(namespace, that.namespace));
  }

  @Override
  public int hashCode() {
    return (kind.hashCode() * 31 + (namespace == null ? 0 : namespace.hashCode())) * 31
        + name.hashCode();
  }

  @Override
  public int compareTo(EntityRef other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return path();
  }
}
