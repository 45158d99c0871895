package io.causeline.correlator.knowledge;

import io.causeline.model.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the built-in packs and those of a user's folder. An entry of the user's with the id of a
 * built-in one replaces it, aliases as well as causes; the user's event rules come before the
 * built-in ones.
 */
public final class KnowledgeLoader {
  private static final String BUILT_IN = "/knowledge/";
  private static final String INDEX = "index.txt";
  private static final int MAX_PACK_BYTES = 4 << 20;

  private KnowledgeLoader() {}

  /** The knowledge that ships with Causeline. */
  public static Knowledge builtIn() {
    return load(builtInPacks(), List.of(), new PackFaults());
  }

  /**
   * The built-in knowledge with the packs of a folder: its files {@code *.yaml} and {@code *.yml}
   * in the order of their names, without hidden ones and without subfolders.
   *
   * @param folder null for none
   * @throws KnowledgeException with all faults of all packs
   */
  public static Knowledge withFolder(@Nullable Path folder) {
    PackFaults faults = new PackFaults();
    List<PackSource> own = folder == null ? List.of() : packsIn(folder, faults);
    return load(builtInPacks(), own, faults);
  }

  /** Knowledge of these packs. */
  static Knowledge load(List<PackSource> builtIn, List<PackSource> own, PackFaults faults) {
    PackReader builtInReader = new PackReader(builtIn, faults);
    PackReader ownReader = new PackReader(own, faults);
    Map<String, List<String>> aliases = new LinkedHashMap<>(builtInReader.aliases());
    aliases.putAll(ownReader.aliases());
    builtInReader.read(aliases);
    ownReader.read(aliases);

    Map<String, Cause> causes = new LinkedHashMap<>(builtInReader.causes());
    causes.putAll(ownReader.causes());
    checkTogether(causes, faults);
    faults.throwIfAny();
    return new Knowledge(
        causes.values(),
        joined(ownReader.rules(), builtInReader.rules()),
        joined(ownReader.changeRules(), builtInReader.changeRules()),
        joined(ownReader.respellings(), builtInReader.respellings()),
        joined(ownReader.benignAlerts(), builtInReader.benignAlerts()),
        version(builtIn, own));
  }

  /** A user's own are asked first. */
  private static <T> List<T> joined(List<T> own, List<T> builtIn) {
    return Stream.concat(own.stream(), builtIn.stream()).toList();
  }

  /** The version of the knowledge that these packs make: a hash of their contents. */
  static String version(List<PackSource> builtIn, List<PackSource> own) {
    List<String> texts = new ArrayList<>();
    builtIn.forEach(pack -> texts.add(pack.text()));
    texts.add("own");
    own.forEach(pack -> texts.add(pack.text()));
    return Hashes.id(texts.toArray(new String[0]));
  }

  private static void checkTogether(Map<String, Cause> causes, PackFaults faults) {
    for (Cause cause : causes.values()) {
      for (String other : cause.outranks().stream().sorted().toList()) {
        if (other.equals(cause.id()) || !causes.containsKey(other)) {
          faults.add(
              cause.source()
                  + ": cause '"
                  + cause.id()
                  + "': outranks '"
                  + other
                  + "', which is "
                  + (other.equals(cause.id())
                      ? "itself"
                      : "no known cause" + DidYouMean.hint(other, causes.keySet())));
        }
      }
    }
    Cause unknown = causes.get(Cause.UNKNOWN);
    if (unknown != null && !(unknown.evidence().isEmpty() && unknown.symptoms().isEmpty())) {
      faults.add(
          unknown.source()
              + ": cause 'unknown': has evidence or symptoms, but it stands for what no line names");
    }
  }

  /** The packs that ship with Causeline, in their order. */
  static List<PackSource> builtInPacks() {
    List<PackSource> packs = new ArrayList<>();
    for (String line : resource(INDEX).lines().toList()) {
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#")) {
        packs.add(new PackSource(name, resource(name)));
      }
    }
    return packs;
  }

  private static String resource(String name) {
    try (InputStream in = KnowledgeLoader.class.getResourceAsStream(BUILT_IN + name)) {
      if (in == null) {
        throw new IllegalStateException("the built-in pack " + BUILT_IN + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the built-in pack " + BUILT_IN + name + " is broken", e);
    }
  }

  /** The packs of a folder; what cannot be read is a fault. */
  static List<PackSource> packsIn(Path folder, PackFaults faults) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(KnowledgeLoader::isPack).sorted().toList();
    } catch (IOException e) {
      faults.add(folder + ": is no folder of knowledge packs that can be read (" + reason(e) + ")");
      return List.of();
    }
    List<PackSource> packs = new ArrayList<>();
    for (Path file : files) {
      String text = read(file, faults);
      if (text != null) {
        packs.add(new PackSource(file.toString(), text));
      }
    }
    return packs;
  }

  /** Mounted ConfigMaps hold hidden folders and links beside the files. */
  private static boolean isPack(Path path) {
    String name = String.valueOf(path.getFileName());
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml"))
        && Files.isRegularFile(path);
  }

  private static @Nullable String read(Path file, PackFaults faults) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_PACK_BYTES + 1);
      if (bytes.length > MAX_PACK_BYTES) {
        faults.add(file + ": is larger than 4 MiB; split it into several packs");
        return null;
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      faults.add(file + ": is not UTF-8");
      return null;
    } catch (IOException e) {
      faults.add(file + ": cannot be read (" + reason(e) + ")");
      return null;
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
