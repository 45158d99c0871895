package io.causeline.standalone.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads YAML so that nothing goes unnoticed: a key given twice or not known is a failure. */
final class StrictYaml {

  /** Types whose fields are spelt {@code like_this}. */
  static final ObjectMapper SNAKE_CASE =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /** Kubernetes' types, without the place where they keep what they do not know. */
  static final ObjectMapper KUBERNETES =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  private StrictYaml() {}

  /** The one document of a text. */
  static Map<?, ?> one(String text) {
    List<Map<?, ?>> documents = all(text);
    if (documents.size() != 1) {
      throw new IllegalArgumentException(documents.size() + " documents where one was expected");
    }
    return documents.get(0);
  }

  /** All documents of a text. */
  static List<Map<?, ?>> all(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Map<?, ?>> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
      documents.add((Map<?, ?>) document);
    }
    return documents;
  }
}
