package io.causeline.service;

import io.causeline.model.ClusterName;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a cluster's name, refusing what {@link ClusterName} refuses. */
public final class ClusterNameConverter implements Converter<String> {

  private static final long serialVersionUID = 1L;

  @Override
  public String convert(String value) {
    return ClusterName.require(value.trim());
  }
}
