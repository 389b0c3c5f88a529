package dev.logdash.embedded;

import org.apache.lucene.document.Field;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/** The time as a point, for windows of it, and as a doc value, for the order. */
final class TimeField extends Field {

  private final byte[] packed = new byte[Long.BYTES];
  private final BytesRef packedRef = new BytesRef(packed);

  TimeField() {
    super(IndexFields.TIME, IndexFields.TIME_TYPE);
    fieldsData = 0L;
  }

  @Override
  public void setLongValue(long value) {
    fieldsData = value;
    NumericUtils.longToSortableBytes(value, packed, 0);
  }

  @Override
  public BytesRef binaryValue() {
    return packedRef;
  }
}
