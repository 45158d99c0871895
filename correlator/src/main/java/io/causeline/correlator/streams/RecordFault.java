package io.causeline.correlator.streams;

/** Why a record went to the dead letters; the words of headers and metric labels. */
enum RecordFault {
  /** It has no key, or one that is not UTF-8 text. */
  KEY("key"),
  /** It has no value where one is needed. */
  EMPTY("empty"),
  /** It is larger than any record that Causeline writes. */
  TOO_LARGE("too-large"),
  /** Its schema header is no number. */
  SCHEMA("schema"),
  /** Its value is not what its topic holds. */
  UNDECODABLE("undecodable"),
  /** Its key names another cluster than its value. */
  WRONG_CLUSTER("wrong-cluster"),
  /** Its cluster belongs to another partition: who wrote it partitions in another way. */
  WRONG_PARTITION("wrong-partition"),
  /** The core failed on it. */
  CORRELATION("correlation");

  private final String word;

  RecordFault(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
