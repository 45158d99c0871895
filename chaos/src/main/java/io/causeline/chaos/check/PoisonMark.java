package io.causeline.chaos.check;

/** The header by which the checker knows what was put into topics to do harm. */
public final class PoisonMark {

  /** The header's name; its value begins with {@link #BAD} or {@link #GOOD}. */
  public static final String HEADER = "chaos-poison";

  /** Of what must go to the dead letters, where its topic has any. */
  public static final String BAD = "bad";

  /** Of what is to be read. */
  public static final String GOOD = "good";

  private PoisonMark() {}
}
