package io.causeline.correlator.core;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Text as somebody would write it who wants to break a reader, a terminal, a shell or a page. */
public final class HostileText extends DomainContextBase {

  @Provide
  Arbitrary<String> texts() {
    return texts(40);
  }

  /** At most so many pieces of it. */
  public static Arbitrary<String> texts(int pieces) {
    Arbitrary<String> piece =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.strings().all().ofMaxLength(12)),
            Tuple.of(
                4,
                Arbitraries.of(
                    "\u0000",
                    "\u001b[31m",
                    "\u001b]8;;http://x\u0007",
                    "\r\n",
                    "\u202e",
                    "\u200b",
                    "\ud800",
                    "\udc00",
                    "\uffff",
                    "\u2028",
                    "\ufeff")),
            Tuple.of(
                4,
                Arbitraries.of(
                    "$(id)",
                    "`id`",
                    "'; rm -rf /; '",
                    "\"",
                    "\\",
                    "||",
                    "& ",
                    "-n",
                    "%s%n",
                    "!!",
                    "*",
                    "~",
                    "#",
                    "<!channel>",
                    "<script>",
                    "{locus.name}",
                    "{{",
                    "}}",
                    "${x}")),
            Tuple.of(
                4,
                Arbitraries.of(
                    "(a+)+$",
                    "[",
                    "(?<",
                    "\\Q",
                    "^.*$",
                    "{1000000}",
                    "{\"a\":",
                    "[[[[",
                    "null",
                    "- x: &a",
                    "*a",
                    "!!java.lang.Runtime",
                    "? ",
                    ": ",
                    "---\n",
                    "|2\n",
                    "'\"",
                    "\t")),
            Tuple.of(
                4,
                Arbitraries.of(
                    "image \"",
                    "configmap \"x\" not found",
                    "persistentvolumeclaim \"",
                    "node/",
                    "pvc-",
                    "failed calling webhook \"",
                    "Error syncing load balancer: ",
                    "0/3 nodes are available: ",
                    "../../etc",
                    "a/b/c",
                    "kube-system")),
            Tuple.of(
                1,
                Arbitraries.of("(", "a", "\"", "pvc-", "configmap \"", "\u0000")
                    .map(one -> one.repeat(5000))));
    return piece.list().ofMaxSize(pieces).map(all -> String.join("", all));
  }
}
