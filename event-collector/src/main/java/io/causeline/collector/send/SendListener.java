package io.causeline.collector.send;

/** Told what becomes of what is sent: for metrics. */
public interface SendListener {

  /** Kafka has stored a record of this kind. */
  void stored(String kind);

  /** Kafka did not store what was sent; it will be sent again. */
  void failed(String box, Throwable cause);

  /** Something will never be sent: it could not be read, or no topic takes it. */
  void rejected(String what, String reason);
}
