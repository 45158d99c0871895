package io.causeline.bridge.chat;

/** The language of our own words in chat; titles come in the language of the correlator. */
public enum Language {
  /** English. */
  EN,
  /** Simplified Chinese. */
  ZH
}
