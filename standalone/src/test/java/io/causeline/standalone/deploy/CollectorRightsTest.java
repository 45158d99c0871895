package io.causeline.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.causeline.collector.CollectorSettings;
import io.causeline.collector.normalise.WatchedKind;
import io.causeline.standalone.ProjectFiles;
import io.causeline.standalone.ServiceSettings;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The collector may do what it does, and nothing else. */
class CollectorRightsTest {

  private static final String NAME = "causeline-event-collector";

  private static final String LEASE = "event-collector-lease";

  private final Manifests manifests = Manifests.read();

  @Test
  void shouldReadExactlyWhatIsWatchedWhenItHasAClusterRole() {
    // Given
    List<String> watched = new ArrayList<>(List.of("/events"));
    for (WatchedKind kind : WatchedKind.values()) {
      watched.add(group(kind) + "/" + kind.resource());
    }

    // When
    List<PolicyRule> rules = manifests.get(ClusterRole.class, NAME).getRules();

    // Then
    List<String> readable = new ArrayList<>();
    for (PolicyRule rule : rules) {
      assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "list", "watch");
      assertThat(rule.getNonResourceURLs()).isEmpty();
      for (String group : rule.getApiGroups()) {
        rule.getResources().forEach(resource -> readable.add(group + "/" + resource));
      }
    }
    assertThat(readable).containsExactlyInAnyOrderElementsOf(watched);
  }

  /** Of {@code apis/apps/v1} it is {@code apps}; the core group has no name. */
  private static String group(WatchedKind kind) {
    String[] parts = kind.apiPath().split("/", -1);
    return parts.length == 3 ? parts[1] : "";
  }

  @Test
  void shouldWriteItsOwnLeaseAloneWhenItIsElected() {
    // Given
    CollectorSettings.Lease lease =
        ServiceSettings.collector(
                DeployedService.loader(ProjectFiles.path("deploy/causeline.yaml"), Map.of()))
            .collector()
            .lease();

    // When
    Role role = manifests.get(Role.class, LEASE);

    // Then
    assertThat(lease.enabled()).isTrue();
    assertThat(lease.namespace()).as("the pod's own, where the Role lies").isEmpty();
    assertThat(role.getRules())
        .allSatisfy(
            rule -> {
              assertThat(rule.getApiGroups()).containsExactly("coordination.k8s.io");
              assertThat(rule.getResources()).containsExactly("leases");
            });
    assertThat(role.getRules())
        .extracting(PolicyRule::getVerbs, PolicyRule::getResourceNames)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(List.of("create"), List.of()),
            org.assertj.core.groups.Tuple.tuple(List.of("get", "update"), List.of(lease.name())));
  }

  @Test
  void shouldGiveTheseRightsToTheCollectorAloneWhenTheyAreBound() {
    // Given
    Subject collector = new Subject(null, "ServiceAccount", "event-collector", "causeline");
    String group = "rbac.authorization.k8s.io";

    // When
    ClusterRoleBinding cluster = manifests.get(ClusterRoleBinding.class, NAME);
    RoleBinding lease = manifests.get(RoleBinding.class, LEASE);

    // Then
    assertThat(cluster.getSubjects()).containsExactly(collector);
    assertThat(cluster.getRoleRef()).isEqualTo(new RoleRef(group, "ClusterRole", NAME));
    assertThat(lease.getSubjects()).containsExactly(collector);
    assertThat(lease.getRoleRef()).isEqualTo(new RoleRef(group, "Role", LEASE));
    assertThat(manifests.all(ClusterRoleBinding.class)).hasSize(1);
    assertThat(manifests.all(RoleBinding.class)).hasSize(1);
  }
}
