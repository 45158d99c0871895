package io.causeline.collector.lease;

/** For a collector that is alone by its nature, such as one within a demo. */
public final class NoRivals implements Leadership {

  @Override
  public void start(Listener listener) {
    listener.gained(null);
  }

  @Override
  public boolean held() {
    return true;
  }

  @Override
  public boolean holderKnown() {
    return true;
  }

  @Override
  public String holder() {
    return "this collector";
  }

  @Override
  public void tick() {}

  @Override
  public void close() {}
}
