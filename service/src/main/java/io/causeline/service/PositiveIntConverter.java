package io.causeline.service;

import org.eclipse.microprofile.config.spi.Converter;

/** Reads a whole number of at least one. */
public final class PositiveIntConverter implements Converter<Integer> {

  private static final long serialVersionUID = 1L;

  @Override
  public Integer convert(String value) {
    String text = value.trim();
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= 1) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException("expected a whole number from 1 to 999999999");
  }
}
