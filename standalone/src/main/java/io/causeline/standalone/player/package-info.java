/**
 * Plays a recording to real services: its watches as a Kubernetes API server that a real collector
 * lists and watches, its webhooks as POSTs to a real bridge, each when the playing clock reaches
 * its time. So the demo and the tests of the whole path take no shortcut.
 */
@NullMarked
package io.causeline.standalone.player;

import org.jspecify.annotations.NullMarked;
