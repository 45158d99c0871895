/**
 * Recordings: what a cluster's API server and Alertmanager said, one JSON object a line, in the
 * order in which it arrived.
 *
 * <ul>
 *   <li>{@code {"at": RFC 3339, "kind": "watch", "resource": "pods", "event": {"type":
 *       "ADDED|MODIFIED|DELETED", "object": {…}}}}: the first lines are what the lists held at the
 *       start; Events are not listed.
 *   <li>{@code {"at": …, "kind": "alertmanager", "body": {…}}}: a webhook's body.
 * </ul>
 *
 * <p>A recording holds no heartbeats: {@code at} is when everything was observed, and the clock of
 * both feeds.
 */
@NullMarked
package io.causeline.standalone.recording;

import org.jspecify.annotations.NullMarked;
