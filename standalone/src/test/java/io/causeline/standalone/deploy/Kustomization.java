package io.causeline.standalone.deploy;

import java.util.List;

/** {@code deploy/kustomization.yaml}, as far as it uses the format. */
record Kustomization(
    String apiVersion,
    String kind,
    List<String> resources,
    List<Generator> configMapGenerator,
    List<Image> images) {

  record Generator(String name, String namespace, List<String> files) {}

  record Image(String name, String newTag) {}
}
