package io.causeline.standalone.command;

import io.causeline.model.ClusterName;
import io.causeline.service.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How options are read whose values are narrower than their types. */
final class Converters {

  private Converters() {}

  /** Such as {@code 30m}, as in settings. */
  static final class OfDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return new DurationConverter().convert(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + value + "': " + e.getMessage());
      }
    }
  }

  /** A cluster's name. */
  static final class OfCluster implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      try {
        return ClusterName.require(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  /** A port, 0 for any that is free. */
  static final class OfPort implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      try {
        int port = Integer.parseInt(value);
        if (port >= 0 && port <= 65_535) {
          return port;
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException(fault(value));
      }
      throw new TypeConversionException(fault(value));
    }

    private static String fault(String value) {
      return "'" + value + "' is no port: use 0 (any that is free) to 65535";
    }
  }

  /** Seconds of recorded time in a second. */
  static final class OfSpeed implements ITypeConverter<Double> {

    private static final double SLOWEST = 0.01;
    private static final double FASTEST = 1_000;

    @Override
    public Double convert(String value) {
      try {
        double speed = Double.parseDouble(value);
        if (speed >= SLOWEST && speed <= FASTEST) {
          return speed;
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException(fault(value));
      }
      throw new TypeConversionException(fault(value));
    }

    private static String fault(String value) {
      return "'" + value + "' is no speed: use a number from 0.01 to 1000, such as 20";
    }
  }
}
