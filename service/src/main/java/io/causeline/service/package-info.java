/**
 * The plumbing that every process shares: typed settings, HTTP server, health checks, metrics,
 * Kafka topics and writes, ordered start and reverse-order stop.
 */
@NullMarked
package io.causeline.service;

import org.jspecify.annotations.NullMarked;
