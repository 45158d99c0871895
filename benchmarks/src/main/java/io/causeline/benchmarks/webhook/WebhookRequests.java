package io.causeline.benchmarks.webhook;

import io.causeline.bridge.alertmanager.AlertNormaliser;
import io.causeline.bridge.alertmanager.ClusterChoice;
import io.causeline.model.AlertSignal;
import io.causeline.model.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The same alerts twice: as requests to the webhook, and as the records that the bridge makes of
 * them, in the same order.
 *
 * @param alerts in each body
 */
record WebhookRequests(int alerts, List<ByteBuffer> requests, List<BareProducer.Keyed> records) {

  /** Enough that no cache holds them all, and that clusters take turns. */
  private static final int DIFFERENT_ALERTS = 12_000;

  /** Of an Alertmanager each. */
  private static final int CLUSTERS = 24;

  /** With so many alerts in a body, to a server on this machine. */
  static WebhookRequests of(int alerts, int port) {
    AlertNormaliser normaliser = new AlertNormaliser();
    List<ByteBuffer> requests = new ArrayList<>();
    List<BareProducer.Keyed> records = new ArrayList<>();
    List<byte[]> bodies = AlertBodies.of(DIFFERENT_ALERTS / alerts, alerts);
    for (int i = 0; i < bodies.size(); i++) {
      String cluster = "cluster-" + i % CLUSTERS;
      requests.add(request(port, cluster, bodies.get(i)));
      ClusterChoice choice = ClusterChoice.always(cluster);
      for (AlertSignal signal :
          normaliser
              .body(choice, bodies.get(i), Instant.EPOCH.plusSeconds(2_000_000_000))
              .signals()) {
        records.add(new BareProducer.Keyed(cluster, Json.bytes(signal)));
      }
    }
    if (records.size() != DIFFERENT_ALERTS / alerts * alerts) {
      throw new IllegalStateException("only " + records.size() + " of the alerts became signals");
    }
    return new WebhookRequests(alerts, requests, records);
  }

  private static ByteBuffer request(int port, String cluster, byte[] body) {
    String head =
        "POST /webhooks/alertmanager/%s HTTP/1.1\r\n".formatted(cluster)
            + "Host: 127.0.0.1:%d\r\n".formatted(port)
            + "User-Agent: Alertmanager/0.34.0\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n".formatted(body.length);
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer request = ByteBuffer.allocateDirect(bytes.length + body.length);
    return request.put(bytes).put(body).flip();
  }
}
