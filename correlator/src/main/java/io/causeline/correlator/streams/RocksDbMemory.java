package io.causeline.correlator.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.state.internals.BlockBasedTableConfigWithAccessibleCache;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One cache and one bound on write buffers for the stores of all partitions: each store's own, as
 * Kafka Streams has it by default, costs gigabytes outside the heap. Close it after the streams.
 */
public final class RocksDbMemory implements AutoCloseable {

  /** Under this key of the Streams configuration the stores find it. */
  public static final String CONFIG = "causeline.rocksdb.memory";

  private static final double INDEX_SHARE = 0.1;
  private static final long WRITE_BUFFER_BYTES = 4L * 1024 * 1024;

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /** In bytes, for all stores together; half of it at most for write buffers. */
  public RocksDbMemory(long bytes) {
    RocksDB.loadLibrary();
    cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
    writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /** Gives each store the shared memory. Made by Streams, so it finds it in the configuration. */
  public static final class Setter implements RocksDBConfigSetter {

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      if (!(configs.get(CONFIG) instanceof RocksDbMemory memory)) {
        throw new IllegalStateException(CONFIG + " is not in the configuration");
      }
      BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
      if (table instanceof BlockBasedTableConfigWithAccessibleCache withCache) {
        // The store's own, made before this was asked; it is replaced and would leak.
        withCache.blockCache().close();
      }
      table.setBlockCache(memory.cache);
      table.setCacheIndexAndFilterBlocks(true);
      table.setCacheIndexAndFilterBlocksWithHighPriority(true);
      table.setPinTopLevelIndexAndFilter(true);
      options.setWriteBufferManager(memory.writeBuffers);
      options.setWriteBufferSize(WRITE_BUFFER_BYTES);
      options.setTableFormatConfig(table);
    }

    /** The memory is shared; who made it closes it. */
    @Override
    public void close(String storeName, Options options) {}
  }
}
