/**
 * The Kubernetes side: paged lists and watches over plain HTTP, and the loop that keeps a resource
 * watched through everything that ends a watch. Nothing is cached, and nothing here knows of Kafka.
 */
@NullMarked
package io.causeline.collector.watch;

import org.jspecify.annotations.NullMarked;
