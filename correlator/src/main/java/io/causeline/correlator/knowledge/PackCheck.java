package io.causeline.correlator.knowledge;

import io.causeline.correlator.knowledge.PackFaults.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A closer look at packs than loading takes: beside what keeps them from being loaded, what can be
 * loaded and yet does nothing. Packs are looked at together with the built-in ones, but only faults
 * of the packs that were asked about are told.
 */
public final class PackCheck {
  private final List<PackSource> builtIn;
  private final List<PackSource> own;

  private PackCheck(List<PackSource> builtIn, List<PackSource> own) {
    this.builtIn = builtIn;
    this.own = own;
  }

  /**
   * Checks the packs of a folder.
   *
   * @param folder null for the built-in packs
   * @return {@code file:line: whom it concerns: what is wrong and what would be right}, in the
   *     order of the files and their lines; none where all is well
   */
  public static List<String> faults(@Nullable Path folder) {
    if (folder == null) {
      return faults(List.of(), KnowledgeLoader.builtInPacks());
    }
    PackFaults faults = new PackFaults();
    List<PackSource> own = KnowledgeLoader.packsIn(folder, faults);
    if (own.isEmpty() && faults.all().isEmpty()) {
      faults.add(folder + ": holds no packs: packs are files *.yaml and *.yml in it");
    }
    return sorted(new PackCheck(KnowledgeLoader.builtInPacks(), own).run(faults));
  }

  /** Checks these packs beside others. */
  static List<String> faults(List<PackSource> builtIn, List<PackSource> own) {
    return sorted(new PackCheck(builtIn, own).run(new PackFaults()));
  }

  private List<String> run(PackFaults faults) {
    try {
      KnowledgeLoader.load(builtIn, own, faults);
    } catch (KnowledgeException e) {
      // Told below, with what a closer look finds.
    }
    // Read once more by itself: what has faults is left out, the rest can be looked at.
    PackFaults told = new PackFaults();
    PackReader builtInReader = new PackReader(builtIn, told);
    PackReader ownReader = new PackReader(own, told);
    Map<String, List<String>> aliases = new LinkedHashMap<>(builtInReader.aliases());
    aliases.putAll(ownReader.aliases());
    builtInReader.read(aliases);
    ownReader.read(aliases);
    for (Cause cause : ownReader.causes().values()) {
      LineCheck.check(cause, faults);
      String hint = KnownKinds.hint(cause.locus());
      if (!hint.isEmpty()) {
        faults.add(
            cause.source()
                + ": cause '"
                + cause.id()
                + "': nothing is known of a kind '"
                + cause.locus()
                + "', its locus"
                + hint);
      }
    }
    ownReader.rules().forEach(rule -> LineCheck.check(rule, faults));
    RuleCheck.check(ownReader.rules(), faults);
    Map<String, Cause> causes = new LinkedHashMap<>(builtInReader.causes());
    causes.putAll(ownReader.causes());
    twins(causes.values(), ownReader.causes(), faults);
    unusedAliases(faults);
    return faults.all();
  }

  /** Causes of one kind of place that the same lines speak for and against. */
  private static void twins(Collection<Cause> causes, Map<String, Cause> own, PackFaults faults) {
    Map<List<Object>, Cause> seen = new HashMap<>();
    for (Cause cause : causes) {
      if (cause.evidence().isEmpty()) {
        continue;
      }
      Cause twin =
          seen.putIfAbsent(
              List.of(cause.locus(), keys(cause.evidence()), keys(cause.against())), cause);
      if (twin != null) {
        boolean isOwn = own.containsKey(cause.id());
        Cause told = isOwn ? cause : twin;
        Cause other = isOwn ? twin : cause;
        if (own.containsKey(told.id())) {
          faults.add(
              told.source()
                  + ": cause '"
                  + told.id()
                  + "': no signal can tell it from cause '"
                  + other.id()
                  + "' ("
                  + other.source()
                  + "): same locus, same evidence, same counter-evidence; give one of them a line"
                  + " that the other lacks, or make one of the two");
        }
      }
    }
  }

  private static Set<LineKey> keys(List<Matcher> lines) {
    Set<LineKey> keys = new HashSet<>();
    lines.forEach(line -> keys.add(LineKey.of(line)));
    return keys;
  }

  private void unusedAliases(PackFaults faults) {
    PackFaults told = new PackFaults();
    Set<String> used = new LinkedHashSet<>();
    builtIn.forEach(pack -> PackDocument.entries(pack, told).forEach(e -> collect(e, used)));
    Map<Scope, Node> defined = new LinkedHashMap<>();
    for (PackSource pack : own) {
      for (Node entry : PackDocument.entries(pack, told)) {
        collect(entry, used);
        String name = Fields.firstText(entry);
        if ("alias".equals(Fields.firstKey(entry)) && name != null) {
          defined.put(new Scope(faults, pack.label(), name), entry);
        }
      }
    }
    defined.forEach(
        (scope, entry) -> {
          if (!used.contains("@" + scope.subject())) {
            scope
                .of("alias '" + scope.subject() + "'")
                .fault(
                    entry,
                    "is used nowhere; use it as \"@" + scope.subject() + "\", or take it out");
          }
        });
  }

  private static void collect(Node node, Set<String> words) {
    if (node instanceof ScalarNode scalar && scalar.getValue().startsWith("@")) {
      words.add(scalar.getValue());
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(each -> collect(each, words));
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        collect(tuple.getValueNode(), words);
      }
    }
  }

  /** By file, in the order of their first faults, and line; each once. */
  private static List<String> sorted(List<String> faults) {
    Map<String, List<String>> byFile = new LinkedHashMap<>();
    for (String fault : new LinkedHashSet<>(faults)) {
      byFile.computeIfAbsent(fault.split(":", 2)[0], file -> new ArrayList<>()).add(fault);
    }
    List<String> all = new ArrayList<>();
    byFile
        .values()
        .forEach(
            each -> {
              each.sort(Comparator.comparingInt(PackCheck::line));
              all.addAll(each);
            });
    return all;
  }

  private static int line(String fault) {
    String[] parts = fault.split(":", 3);
    return parts.length > 2 && parts[1].matches("\\d{1,9}") ? Integer.parseInt(parts[1]) : 0;
  }
}
