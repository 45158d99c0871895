package io.causeline.benchmarks.streams;

import io.causeline.benchmarks.storm.Storm;
import io.causeline.benchmarks.storm.StormShape;
import io.causeline.correlator.streams.Correlation;
import io.causeline.model.Topics;
import java.io.IOException;

/**
 * A correlator that has processed what is before a storm, and is paused: its objects are known, its
 * incidents open and published.
 */
final class Start implements AutoCloseable {

  private final Bed bed;
  private final StormTopics topics;
  private final Storm storm;
  private final Course course;
  private final RealCorrelator correlator;

  private Start(Bed bed, StormTopics topics, StormShape shape, Correlation.Factory factory) {
    this.bed = bed;
    this.topics = topics;
    this.storm = new Storm(shape);
    this.course = new Course(bed, topics);
    this.correlator = new RealCorrelator(bed.settings(topics.prefix()), factory);
  }

  /**
   * Makes one.
   *
   * @param name of its topics; not used before
   */
  static Start of(Bed bed, Correlation.Factory factory, StormShape shape, String name)
      throws Exception {
    Start start = new Start(bed, StormTopics.create(bed, name + "."), shape, factory);
    try {
      start.open(shape.incidents());
      return start;
    } catch (Exception e) {
      start.close();
      throw e;
    }
  }

  private void open(int incidents) throws Exception {
    topics.writeObjects(storm);
    correlator.start();
    // Before what opens the incidents: across topics there is no order.
    course.awaitCommitted(correlator, Topics.TOPOLOGY);
    topics.writeOpening(storm);
    course.awaitCommitted(correlator, Topics.SIGNALS);
    course.awaitQuiet(correlator, incidents);
    correlator.streams().pause();
  }

  StormTopics topics() {
    return topics;
  }

  Storm storm() {
    return storm;
  }

  Course course() {
    return course;
  }

  RealCorrelator correlator() {
    return correlator;
  }

  /**
   * Lets it process what lies in the topic and tell what came of it, and pauses it again.
   *
   * @throws IllegalStateException if a signal could not be used
   */
  Course.Lap race() throws Exception {
    Course.Lap lap = course.raceAndTell(correlator);
    correlator.streams().pause();
    if (correlator.deadLetters() > 0) {
      throw new IllegalStateException(
          correlator.deadLetters() + " signals of the storm went to the dead letters");
    }
    return lap;
  }

  @Override
  public void close() throws IOException {
    correlator.close();
    bed.clear(topics.prefix());
  }
}
