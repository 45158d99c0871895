package io.causeline.correlator.core;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the order in which they came. There are some twenty such sets for each entry, most
 * with a handful in them, some with very many: an array, and beside it, where they are not few, a
 * table of where each stands. That is a third of what a linked hash set takes, and one reference
 * for each entry instead of five. Entries are the same only if they are one object.
 */
final class EpisodeSet extends AbstractSet<Episode> {

  private static final int LEAST = 2;

  /** Up to here looking through all is about as quick as hashing. */
  private static final int FEW = 16;

  /** In order, with gaps where some were removed. */
  private @Nullable Episode[] entries = new Episode[LEAST];

  /** Where the next goes. */
  private int end;

  private int size;

  /**
   * Places in {@link #entries} by the entries' hashes, counted from one, 0 where it is free; null
   * while they are few. What was removed keeps its place here, so that others are found behind it.
   */
  private int @Nullable [] table;

  @Override
  public boolean add(Episode episode) {
    if (find(episode) >= 0) {
      return false;
    }
    if (end == entries.length) {
      arrange(2 * size);
    }
    append(episode);
    size++;
    return true;
  }

  @Override
  public boolean remove(@Nullable Object episode) {
    int place = find(episode);
    if (place < 0) {
      return false;
    }
    entries[place] = null;
    size--;
    if (4 * size < entries.length) {
      arrange(2 * size);
    }
    return true;
  }

  /** Closes the gaps, with room for so many, or some more. */
  private void arrange(int most) {
    @Nullable Episode[] before = entries;
    int until = end;
    entries = new Episode[Math.max(LEAST, Integer.highestOneBit(Math.max(1, 2 * most - 1)))];
    table = entries.length > FEW ? new int[2 * entries.length] : null;
    end = 0;
    for (int i = 0; i < until; i++) {
      Episode episode = before[i];
      if (episode != null) {
        append(episode);
      }
    }
  }

  private void append(Episode episode) {
    entries[end++] = episode;
    int[] places = table;
    if (places != null) {
      int at = start(episode, places);
      while (places[at] != 0) {
        at = next(at, places);
      }
      places[at] = end;
    }
  }

  /** Where it stands; negative if it is none of these. */
  private int find(@Nullable Object episode) {
    if (episode == null) {
      return -1;
    }
    int[] places = table;
    if (places == null) {
      for (int i = 0; i < end; i++) {
        if (entries[i] == episode) {
          return i;
        }
      }
      return -1;
    }
    for (int at = start(episode, places); places[at] != 0; at = next(at, places)) {
      if (entries[places[at] - 1] == episode) {
        return places[at] - 1;
      }
    }
    return -1;
  }

  private static int start(Object episode, int[] places) {
    int hash = System.identityHashCode(episode);
    return (hash ^ hash >>> 16) & places.length - 1;
  }

  private static int next(int at, int[] places) {
    return at + 1 & places.length - 1;
  }

  @Override
  public boolean contains(@Nullable Object episode) {
    return find(episode) >= 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Iterator<Episode> iterator() {
    return new InOrder();
  }

  /** Not to be used once the set has changed. */
  private final class InOrder implements Iterator<Episode> {
    private int place;

    @Override
    public boolean hasNext() {
      while (place < end && entries[place] == null) {
        place++;
      }
      return place < end;
    }

    @Override
    public Episode next() {
      Episode episode = hasNext() ? entries[place] : null;
      if (episode == null) {
        throw new NoSuchElementException();
      }
      place++;
      return episode;
    }
  }
}
