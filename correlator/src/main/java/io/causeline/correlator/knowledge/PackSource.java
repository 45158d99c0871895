package io.causeline.correlator.knowledge;

/**
 * A pack as it was read.
 *
 * @param label how messages name it: {@code nodes.yaml}
 */
public record PackSource(String label, String text) {}
