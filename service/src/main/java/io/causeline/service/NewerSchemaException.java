package io.causeline.service;

import io.causeline.model.Topics;

/**
 * A record of a newer major version than this code reads: good data that a newer process wrote. Its
 * reader must stop there and say so, never skip it.
 */
public final class NewerSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int version;

  NewerSchemaException(int version) {
    super(
        "record has schema version "
            + version
            + ", this process reads up to "
            + Topics.SCHEMA_VERSION
            + ": upgrade it");
    this.version = version;
  }

  public int version() {
    return version;
  }
}
