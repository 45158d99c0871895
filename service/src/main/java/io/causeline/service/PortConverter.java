package io.causeline.service;

import org.eclipse.microprofile.config.spi.Converter;

/** Reads a TCP port: 0 (any free one) to 65535. */
public final class PortConverter implements Converter<Integer> {

  private static final long serialVersionUID = 1L;

  @Override
  public Integer convert(String value) {
    String text = value.trim();
    if (text.matches("\\d{1,5}")) {
      int port = Integer.parseInt(text);
      if (port <= 65_535) {
        return port;
      }
    }
    throw new IllegalArgumentException("expected a port from 0 (any free one) to 65535");
  }
}
