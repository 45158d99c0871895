package io.causeline.collector.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeline.model.EntityRef;
import io.causeline.model.ObjectSnapshot;
import io.causeline.model.ObjectSnapshot.Attributes;
import io.causeline.model.Relation;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes and states are read off, and that mere routine leaves it as it is. */
class ObservedFactsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  @Test
  void shouldTellWhatANodeIsLike() {
    ObjectSnapshot node =
        trim(
            "{'kind':'Node','metadata':{'name':'n','labels':{"
                + "'node.kubernetes.io/exclude-from-external-load-balancers':''}},'spec':{"
                + "'podCIDR':'10.1.0.0/24','taints':["
                + "{'key':'dedicated','value':'gpu','effect':'NoSchedule'},"
                + "{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'},"
                + "{'key':'node.kubernetes.io/out-of-service','effect':'NoExecute'}]},"
                + "'status':{'allocatable':{'pods':'110'},'nodeInfo':{'bootID':'b-1'}}}");

    assertThat(node.attributes())
        .containsOnly(
            entry(Attributes.EXCLUDED_FROM_LOAD_BALANCERS, "true"),
            entry(Attributes.POD_CIDR, "10.1.0.0/24"),
            entry(
                Attributes.TAINTS,
                "dedicated=gpu:NoSchedule,node.kubernetes.io/out-of-service:NoExecute"),
            entry(Attributes.PODS_ALLOCATABLE, "110"),
            entry(Attributes.BOOT_ID, "b-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "3m4.5s,13m0s",
    "59s,1m0s",
    "1h2m3s,4s",
  })
  void shouldBeTheSameStateWhenOnlyTheTimesInTheReadyMessageGrow(String once, String later) {
    assertThat(notReady("PLEG is not healthy: pleg was last seen active " + once + " ago"))
        .isEqualTo(notReady("PLEG is not healthy: pleg was last seen active " + later + " ago"))
        .isEqualTo("PLEG is not healthy: pleg was last seen active # ago");
  }

  @Test
  void shouldKeepTheWordsOfTheReadyMessage() {
    String said =
        "container runtime network not ready: NetworkReady=false"
            + " reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not"
            + " initialized";

    assertThat(notReady(said)).isEqualTo(said);
  }

  @Test
  void shouldNotKeepTheMessageOfANodeThatIsReady() {
    ObjectSnapshot node =
        trim(
            "{'kind':'Node','metadata':{'name':'n'},'status':{'conditions':[{'type':'Ready',"
                + "'status':'True','message':'kubelet is posting ready status'}]}}");

    assertThat(node.attribute(Attributes.READY_MESSAGE)).isNull();
  }

  private static String notReady(String message) {
    ObjectNode node =
        Samples.json(
            "{'kind':'Node','metadata':{'name':'n'},'status':{'conditions':[{'type':'Ready',"
                + "'status':'False'}]}}");
    ((ObjectNode) node.at("/status/conditions/0")).put("message", message);
    return ObjectTrimmer.trim("c", node, 7, NOW).orElseThrow().attributes().get("readyMessage");
  }

  private static final String POD_SPEC =
      "{'hostNetwork':true,'dnsPolicy':'ClusterFirst','containers':["
          + "{'name':'a','ports':[{'name':'http','containerPort':8080,'protocol':'TCP'},"
          + "{'containerPort':53,'protocol':'UDP','hostPort':5353}],"
          + "'readinessProbe':{'httpGet':{'path':'/','port':'http'}},"
          + "'livenessProbe':{'tcpSocket':{'port':9090}}},{'name':'b'}]}";

  @Test
  void shouldTellPortsAndProbesOfAPodAndOfATemplate() {
    ObjectSnapshot pod =
        trim("{'kind':'Pod','metadata':{'name':'p','namespace':'n'},'spec':" + POD_SPEC + "}");
    ObjectSnapshot deployment =
        trim(
            "{'kind':'Deployment','metadata':{'name':'d','namespace':'n'},'spec':{'template':"
                + "{'spec':"
                + POD_SPEC
                + "}}}");
    ObjectSnapshot cronJob =
        trim(
            "{'kind':'CronJob','metadata':{'name':'d','namespace':'n'},'spec':{'jobTemplate':"
                + "{'spec':{'template':{'metadata':{'labels':{'app':'x'}},'spec':"
                + POD_SPEC
                + "}}}}}");

    for (ObjectSnapshot one : new ObjectSnapshot[] {pod, deployment, cronJob}) {
      assertThat(one.attributes())
          .contains(
              entry(Attributes.CONTAINER_PORTS, "http:8080/TCP,:53/UDP"),
              entry(Attributes.HOST_PORTS, "5353/UDP"),
              entry(Attributes.PROBE_PORTS, "a=http,a=9090"),
              entry(Attributes.READINESS_PROBE, "true"),
              entry(Attributes.HOST_NETWORK, "true"),
              entry(Attributes.DNS_POLICY, "ClusterFirst"));
    }
    assertThat(cronJob.labels()).containsOnly(entry("app", "x"));
    assertThat(cronJob.attributes()).containsKey(Attributes.TEMPLATE);
  }

  @Test
  void shouldTellWhatAWorkloadsPodsMount() {
    ObjectSnapshot deployment =
        trim(
            "{'kind':'Deployment','metadata':{'name':'d','namespace':'n'},'spec':{'template':"
                + "{'spec':{'volumes':[{'name':'v','configMap':{'name':'conf'}}],'containers':["
                + "{'name':'a','image':'x','envFrom':[{'secretRef':{'name':'key'}}]}]}}}}");

    assertThat(deployment.edges())
        .containsExactlyInAnyOrder(
            new ObjectSnapshot.Edge(Relation.MOUNTS, EntityRef.of("ConfigMap", "n", "conf")),
            new ObjectSnapshot.Edge(Relation.MOUNTS, EntityRef.of("Secret", "n", "key")));
  }

  @Test
  void shouldBeTheSameStateWhenACronJobOnlyRuns() {
    String cronJob =
        "{'kind':'CronJob','metadata':{'name':'c','namespace':'n'},'spec':{'schedule':'@hourly'},"
            + "'status':{'lastScheduleTime':'2026-11-21T0%s:00:00Z'}}";

    assertThat(trim(String.format(cronJob, 1)).sameStateAs(trim(String.format(cronJob, 2))))
        .isTrue();
  }

  @Test
  void shouldTellWhatAServiceAsksOfItsLoadBalancer() {
    ObjectSnapshot service =
        trim(
            "{'kind':'Service','metadata':{'name':'s','namespace':'n','annotations':{"
                + "'service.beta.kubernetes.io/aws-load-balancer-internal':'true',"
                + "'cloud.google.com/neg-status':'{}','team':'shop'}},'spec':{"
                + "'type':'LoadBalancer','loadBalancerIP':'203.0.113.9','loadBalancerClass':'x/y',"
                + "'loadBalancerSourceRanges':['10.0.0.0/8'],'externalIPs':['203.0.113.1'],"
                + "'publishNotReadyAddresses':true,'sessionAffinity':'ClientIP',"
                + "'ports':[{'port':80,'nodePort':30080}]}}");

    assertThat(service.attributes())
        .contains(
            entry(Attributes.LOAD_BALANCER_IP, "203.0.113.9"),
            entry(Attributes.LOAD_BALANCER_CLASS, "x/y"),
            entry(Attributes.LOAD_BALANCER_SOURCE_RANGES, "10.0.0.0/8"),
            entry(Attributes.EXTERNAL_IPS, "203.0.113.1"),
            entry(Attributes.PUBLISH_NOT_READY_ADDRESSES, "true"),
            entry(Attributes.SESSION_AFFINITY, "ClientIP"),
            entry(Attributes.NODE_PORTS, "30080/TCP"),
            entry(
                Attributes.ANNOTATIONS,
                "service.beta.kubernetes.io/aws-load-balancer-internal=true"));
  }

  @Test
  void shouldTellBackendsHostsAndAddressOfAnIngressAndHashesOfTheRest() {
    String ingress =
        "{'kind':'Ingress','metadata':{'name':'i','namespace':'n','annotations':{%s}},'spec':{"
            + "'defaultBackend':{'service':{'name':'d','port':{'name':'web'}}},"
            + "'rules':[{'host':'a.example','http':{'paths':[{'path':'%s','backend':{'service':"
            + "{'name':'w','port':{'number':80}}}}]}}],'tls':[{'secretName':'t'}]},"
            + "'status':{'loadBalancer':{'ingress':[{'hostname':'lb.example'}]}}}";
    ObjectSnapshot before = trim(String.format(ingress, "'x/snippet':'token'", "/"));
    ObjectSnapshot after = trim(String.format(ingress, "'x/snippet':'other'", "/api"));

    assertThat(before.attributes())
        .contains(
            entry(Attributes.BACKENDS, "d:web,w:80"),
            entry(Attributes.HOSTS, "a.example"),
            entry(Attributes.LOAD_BALANCER, "lb.example"));
    assertThat(before.attributes().get(Attributes.ANNOTATIONS))
        .startsWith("x/snippet=")
        .doesNotContain("token")
        .isNotEqualTo(after.attribute(Attributes.ANNOTATIONS));
    assertThat(before.attribute(Attributes.RULES)).isNotEqualTo(after.attribute(Attributes.RULES));
    assertThat(before.attribute(Attributes.TLS)).isEqualTo(after.attribute(Attributes.TLS));
  }

  @Test
  void shouldBeTheSameStateWhenAControllerNotesTheHealthOfAnIngress() {
    String ingress =
        "{'kind':'Ingress','metadata':{'name':'i','namespace':'n','annotations':{"
            + "'ingress.kubernetes.io/backends':'%s'}},'spec':{}}";

    assertThat(trim(String.format(ingress, "up")).sameStateAs(trim(String.format(ingress, "down"))))
        .isTrue();
  }

  @Test
  void shouldTellAConfigMapByTheHashOfItsDataOnly() {
    String map =
        "{'kind':'ConfigMap','metadata':{'name':'app','namespace':'n','labels':{'a':'%s'}},"
            + "'data':{'password':'%s'}}";
    ObjectSnapshot before = trim(String.format(map, "1", "secret"));

    assertThat(before.attributes()).containsOnlyKeys(Attributes.DATA);
    assertThat(before.attribute(Attributes.DATA)).hasSize(16);
    assertThat(before.sameStateAs(trim(String.format(map, "2", "secret")))).isTrue();
    assertThat(before.sameStateAs(trim(String.format(map, "1", "other")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'name':'ingress-controller-leader'",
        "'name':'cluster-autoscaler-status'",
        "'name':'clustermetrics','annotations':{'control-plane.alpha.kubernetes.io/leader':'{}'}",
      })
  void shouldBeTheSameStateWhenAConfigMapIsWhatAControllerWritesAllTheTime(String metadata) {
    String map =
        "{'kind':'ConfigMap','metadata':{'namespace':'kube-system',"
            + metadata
            + "},'data':{'status':'%s'}}";

    assertThat(trim(String.format(map, "10:00")).sameStateAs(trim(String.format(map, "10:01"))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NetworkPolicy", "ResourceQuota", "LimitRange"})
  void shouldTellTheSpecByItsHashAndLeaveTheStatusOut(String kind) {
    String object =
        "{'kind':'"
            + kind
            + "','metadata':{'name':'o','namespace':'n'},'spec':{'x':'%s'},"
            + "'status':{'used':{'pods':'%s'}}}";
    ObjectSnapshot before = trim(String.format(object, "1", "7"));

    assertThat(before.attributes()).containsOnlyKeys(Attributes.SPEC);
    assertThat(before.sameStateAs(trim(String.format(object, "1", "8")))).isTrue();
    assertThat(before.sameStateAs(trim(String.format(object, "2", "7")))).isFalse();
  }

  @Test
  void shouldTellTheDefaultIngressClassAndThePhaseOfAClaimAndANamespace() {
    ObjectSnapshot ingressClass =
        trim(
            "{'kind':'IngressClass','metadata':{'name':'nginx','annotations':{"
                + "'ingressclass.kubernetes.io/is-default-class':'true'}},"
                + "'spec':{'controller':'k8s.io/ingress-nginx'}}");
    ObjectSnapshot claim =
        trim(
            "{'kind':'PersistentVolumeClaim','metadata':{'name':'c','namespace':'n'},"
                + "'status':{'phase':'Pending'}}");
    ObjectSnapshot namespace =
        trim("{'kind':'Namespace','metadata':{'name':'n'},'status':{'phase':'Terminating'}}");

    assertThat(ingressClass.attributes())
        .contains(
            entry(Attributes.DEFAULT, "true"),
            entry(Attributes.CONTROLLER, "k8s.io/ingress-nginx"));
    assertThat(ingressClass.entity().namespace()).isNull();
    assertThat(claim.attribute(Attributes.PHASE)).isEqualTo("Pending");
    assertThat(namespace.attribute(Attributes.PHASE)).isEqualTo("Terminating");
    assertThat(namespace.entity().namespace()).isNull();
  }

  @Test
  void shouldTellTheRevisionOfAReplicaSet() {
    assertThat(
            trim("{'kind':'ReplicaSet','metadata':{'name':'r','namespace':'n','annotations':{"
                    + "'deployment.kubernetes.io/revision':'7'}}}")
                .attribute(Attributes.REVISION))
        .isEqualTo("7");
  }

  private static ObjectSnapshot trim(String json) {
    return ObjectTrimmer.trim("c", Samples.json(json), 7, NOW).orElseThrow();
  }
}
