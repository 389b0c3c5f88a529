package dev.logdash.core.template;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** What a miner knows, as it lies in a file. */
record MinerState(long lines, long forgotten, List<Form> forms, List<ProvenPattern> proven) {

  private static final int MAGIC = 0x4C445431; // LDT1
  private static final int VERSION = 1;
  private static final int MOST_ENTRIES = 10_000_000;

  static void write(MinerState state, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeLong(state.lines);
    out.writeLong(state.forgotten);
    out.writeInt(state.forms.size());
    for (Form form : state.forms) {
      out.writeUTF(new String(form.text));
      out.writeLong(form.count);
      out.writeLong(form.lastSeen);
    }
    out.writeInt(state.proven.size());
    for (ProvenPattern pattern : state.proven) {
      out.writeLong(pattern.count);
      out.writeLong(pattern.lastSeen);
      out.writeInt(pattern.words.length);
      for (int i = 0; i < pattern.words.length; i++) {
        ColumnValues column = pattern.columns[i];
        out.writeUTF(pattern.words[i].text);
        out.writeBoolean(column.isMixed());
        out.writeUTF(column.prefix());
        out.writeUTF(column.suffix());
      }
    }
    out.flush();
  }

  static MinerState read(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    if (in.readInt() != MAGIC) {
      throw new IOException("this is no state of a template miner");
    }
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "the state of the template miner has version " + version + "; known is " + VERSION);
    }
    long lines = in.readLong();
    long forgotten = in.readLong();
    int forms = size(in, MOST_ENTRIES);
    List<Form> kept = new ArrayList<>();
    for (int i = 0; i < forms; i++) {
      Form form = new Form(in.readUTF().toCharArray());
      form.count = in.readLong();
      form.lastSeen = in.readLong();
      kept.add(form);
    }
    int patterns = size(in, MOST_ENTRIES);
    List<ProvenPattern> proven = new ArrayList<>();
    for (int i = 0; i < patterns; i++) {
      proven.add(pattern(in));
    }
    return new MinerState(lines, forgotten, kept, proven);
  }

  private static ProvenPattern pattern(DataInputStream in) throws IOException {
    long count = in.readLong();
    long lastSeen = in.readLong();
    int length = size(in, MaskedText.MOST_CHARS);
    Word[] words = new Word[length];
    ColumnValues[] columns = new ColumnValues[length];
    for (int i = 0; i < length; i++) {
      String text = in.readUTF();
      words[i] = text.equals(Word.ANY.text) ? Word.ANY : new Word(text);
      columns[i] = new ColumnValues(in.readBoolean(), in.readUTF(), in.readUTF());
    }
    ProvenPattern pattern = new ProvenPattern(words, columns);
    pattern.count = count;
    pattern.lastSeen = lastSeen;
    return pattern;
  }

  private static int size(DataInputStream in, int most) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > most) {
      throw new IOException("the state of the template miner is damaged");
    }
    return size;
  }
}
