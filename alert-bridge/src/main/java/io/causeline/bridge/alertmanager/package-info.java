/**
 * Alerts in: Alertmanager's webhook bodies become {@link io.causeline.model.AlertSignal}s on the
 * {@code signals} topic, and a webhook is answered 200 only when Kafka holds all of its alerts.
 *
 * <p>The path of an alert: {@code WebhookBody} (bytes to alerts) → {@code AlertNormaliser} (alert
 * to signal, with {@code EntityResolver} finding what it is about) → {@code WebhookHandler} (store,
 * then answer).
 */
@NullMarked
package io.causeline.bridge.alertmanager;

import org.jspecify.annotations.NullMarked;
