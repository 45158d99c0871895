package io.causeline.correlator.knowledge;

import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The YAML of a pack as a tree of nodes. Only nodes, since they know their lines and since no
 * object is ever constructed from a pack; {@code on} stays the word that it is.
 */
public final class PackDocument {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 50;

  private PackDocument() {}

  /** The entries of a pack; none, and a fault, where it is not a list in YAML. */
  public static List<Node> entries(PackSource source, PackFaults faults) {
    Node root;
    try {
      root = compose(source.text());
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      faults.add(
          source.label(),
          mark == null ? 1 : mark.getLine() + 1,
          "is not YAML: " + (e.getProblem() == null ? e.getMessage() : e.getProblem()));
      return List.of();
    } catch (YAMLException e) {
      faults.add(source.label() + ": is not YAML that can be read: " + e.getMessage());
      return List.of();
    }
    if (root == null || root.getTag().equals(Tag.NULL)) {
      return List.of();
    }
    if (root.getNodeId() != NodeId.sequence) {
      faults.add(
          source.label(),
          root.getStartMark().getLine() + 1,
          "a pack is a list: each entry begins with '- cause:', '- alias:', '- events:' or"
              + " '- benign:'");
      return List.of();
    }
    return ((SequenceNode) root).getValue();
  }

  private static Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(Integer.MAX_VALUE); // the loader bounds the size of a pack
    StreamReader reader = new StreamReader(text);
    return new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
  }
}
