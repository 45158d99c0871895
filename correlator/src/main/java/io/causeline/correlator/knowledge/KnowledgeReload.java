package io.causeline.correlator.knowledge;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge as the files of a user's folder make it, while they change. Contents count, not
 * names or times, so that a mounted ConfigMap may swap its links. Packs with a fault change
 * nothing: what was loaded before stays.
 *
 * <p>{@link #poll} is for one thread, the rest for any.
 */
public final class KnowledgeReload {

  /** What a look at the folder brought. */
  public enum Outcome {
    /** Nothing new. */
    SAME,
    /** The files are others than a moment ago; they may still be being written. */
    CHANGING,
    /** The files are read and used from now on. */
    LOADED,
    /** The files cannot be used; told once for each state of them. */
    REFUSED,
    /** The files are again those that are in use. */
    RESTORED
  }

  /** What packs make: both of the same files. */
  private record Loaded(Knowledge knowledge, CauseCatalogue causes) {}

  private final @Nullable Path folder;
  private volatile Loaded current;
  private volatile List<String> faults = List.of();
  private String seen;
  private @Nullable String refused;

  private KnowledgeReload(@Nullable Path folder, Loaded current) {
    this.folder = folder;
    this.current = current;
    this.seen = current.knowledge().version();
  }

  /**
   * Loads the knowledge, to follow a folder from now on.
   *
   * @param folder null for none: then nothing ever changes
   * @throws KnowledgeException with all faults of all packs
   */
  public static KnowledgeReload open(@Nullable Path folder) {
    PackFaults faults = new PackFaults();
    List<PackSource> own = folder == null ? List.of() : KnowledgeLoader.packsIn(folder, faults);
    return new KnowledgeReload(folder, load(KnowledgeLoader.builtInPacks(), own, faults));
  }

  private static Loaded load(List<PackSource> builtIn, List<PackSource> own, PackFaults faults) {
    return new Loaded(KnowledgeLoader.load(builtIn, own, faults), CauseCatalogue.of(builtIn, own));
  }

  /** The knowledge that is in use. */
  public Knowledge get() {
    return current.knowledge();
  }

  /** Its causes, for people. */
  public CauseCatalogue causes() {
    return current.causes();
  }

  /** What is wrong with the files as they are now; none where they are in use. */
  public List<String> faults() {
    return faults;
  }

  /** The folder that it follows; null for none. */
  public @Nullable Path folder() {
    return folder;
  }

  /**
   * Looks at the folder. Files count once two looks have found the same, so that none is read half
   * written.
   */
  public Outcome poll() {
    Path from = folder;
    if (from == null) {
      return Outcome.SAME;
    }
    List<PackSource> builtIn = KnowledgeLoader.builtInPacks();
    PackFaults reading = new PackFaults();
    List<PackSource> own = KnowledgeLoader.packsIn(from, reading);
    String found = KnowledgeLoader.version(builtIn, own) + String.join("\n", reading.all());
    if (found.equals(get().version())) {
      boolean back = refused != null;
      seen = found;
      refused = null;
      faults = List.of();
      return back ? Outcome.RESTORED : Outcome.SAME;
    }
    if (found.equals(refused)) {
      seen = found;
      return Outcome.SAME;
    }
    if (!found.equals(seen)) {
      seen = found;
      return Outcome.CHANGING;
    }
    try {
      current = load(builtIn, own, reading);
      refused = null;
      faults = List.of();
      return Outcome.LOADED;
    } catch (KnowledgeException e) {
      refused = found;
      faults = e.faults();
      return Outcome.REFUSED;
    }
  }

  /** What is in use, and what is wrong with the files, for a person; none of the faults' texts. */
  public String detail() {
    Knowledge using = get();
    List<String> wrong = faults;
    String what = using.causes().size() + " causes, version " + using.version();
    return wrong.isEmpty()
        ? what
        : what
            + "; the packs in "
            + folder
            + " as they are now have faults ("
            + wrong.size()
            + ") and are not used; see the log, or run 'causeline rules check'";
  }
}
