package dev.logdash.core.parse;

import java.util.Locale;

/**
 * The flow logs of Amazon's virtual private clouds in their default format, version 2: {@code 2
 * 123456789012 eni-0a1b 10.0.0.1 10.0.0.2 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK}. The
 * time is that of the first packet. The message is the whole line.
 */
final class FlowLogParser implements LineFormat {

  private static final int CELLS = 14;

  @Override
  public String name() {
    return "vpc-flow";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '2';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isDigit(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.trimEnd(b, from, to);
    if (!Bytes.startsWith(b, from, end, "2 ")) {
      return false;
    }
    Cells cells = sink.scratch.cells;
    if (cells.cut(b, from, end, ' ') != CELLS
        || cells.number(1) < 0
        || !Bytes.startsWith(b, cells.from(2), cells.to(2), "eni-")
        || cells.to(10) - cells.from(10) != 10
        || !cells.time(10, sink)) {
      sink.clear();
      return false;
    }
    cells.text(1, "cloud.account.id", sink);
    cells.text(2, "aws.vpcflow.interface_id", sink);
    cells.address(3, Names.SOURCE_IP, sink);
    cells.address(4, Names.DESTINATION_IP, sink);
    cells.number(5, Names.SOURCE_PORT, sink);
    cells.number(6, Names.DESTINATION_PORT, sink);
    cells.text(7, "network.iana_number", sink);
    cells.number(8, "network.packets", sink);
    cells.number(9, "network.bytes", sink);
    if (!cells.isNothing(12)) {
      sink.put("event.action", cells.string(12).toLowerCase(Locale.ROOT));
    }
    cells.text(13, "aws.vpcflow.log_status", sink);
    sink.message(b, from, end);
    return true;
  }
}
