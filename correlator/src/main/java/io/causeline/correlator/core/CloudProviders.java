package io.causeline.correlator.core;

import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which cloud wrote a message, by the style of its errors. */
final class CloudProviders {

  private static final Map<String, Pattern> STYLES = new LinkedHashMap<>();

  static {
    style(
        "aws",
        "arn:aws|amazonaws|elasticloadbalancing|RequestLimitExceeded|TooManyLoadBalancers"
            + "|UnauthorizedOperation|api error |Throttling: Rate exceeded|status code: 4\\d\\d, request"
            + " id|AddressLimitExceeded");
    style("gcp", "googleapi|compute\\.googleapis|Required 'compute\\.|QUOTA_EXCEEDED");
    style(
        "azure",
        "azure|Microsoft\\.|management\\.azure|HTTPStatusCode: \\d|RetryAfter: |LinkedAuthorization"
            + "|SubscriptionRequestsThrottled");
    style("alibaba", "aliyun|alibaba|SDK\\.ServerError|Throttling\\.User|Forbidden\\.RAM");
    style("openstack", "openstack|octavia|neutron");
  }

  private CloudProviders() {}

  private static void style(String provider, String pattern) {
    STYLES.put(provider, Pattern.compile("(?i)" + pattern));
  }

  /** The provider that a message gives away. */
  static Optional<String> of(String message) {
    for (Map.Entry<String, Pattern> style : STYLES.entrySet()) {
      if (style.getValue().matcher(message).find()) {
        return Optional.of(style.getKey());
      }
    }
    return Optional.empty();
  }
}
