package dev.logdash.embedded;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/** An open MVStore of logdash and what is in it. */
record MvMaps(
    MVStore store,
    MVMap<byte[], byte[]> cells,
    MVMap<String, byte[]> documents,
    MVMap<String, Long> deletions,
    MVMap<Long, String> changes) {

  static final int FORMAT = 1;

  static MvMaps of(MVStore store) {
    return new MvMaps(
        store,
        store.openMap("cells", bytes(ByteArrayDataType.INSTANCE)),
        store.openMap("documents", bytes(StringDataType.INSTANCE)),
        store.openMap(
            "deletions",
            new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE)),
        store.openMap(
            "changes",
            new MVMap.Builder<Long, String>()
                .keyType(LongDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE)));
  }

  private static <K> MVMap.Builder<K, byte[]> bytes(DataType<K> keys) {
    return new MVMap.Builder<K, byte[]>().keyType(keys).valueType(ByteArrayDataType.INSTANCE);
  }
}
