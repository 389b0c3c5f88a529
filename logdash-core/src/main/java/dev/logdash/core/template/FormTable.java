package dev.logdash.core.template;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds a form by its text, without garbage. */
final class FormTable {

  private static final int LEAST = 256;

  private @Nullable Form[] slots = new Form[LEAST];
  private int size;

  @Nullable Form find(char[] text, int length) {
    long hash = Hash.of(text, 0, length);
    int mask = slots.length - 1;
    for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
      Form form = slots[i];
      if (form == null) {
        return null;
      }
      if (form.hash == hash && Arrays.equals(form.text, 0, form.text.length, text, 0, length)) {
        return form;
      }
    }
  }

  void add(Form form) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    put(form);
    size++;
  }

  private void put(Form form) {
    int mask = slots.length - 1;
    int i = (int) form.hash & mask;
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    slots[i] = form;
  }

  private void grow() {
    Form[] old = slots;
    slots = new Form[2 * old.length];
    for (Form form : old) {
      if (form != null) {
        put(form);
      }
    }
  }

  /** Holds these forms from now on, and no others. */
  void set(Collection<Form> forms) {
    int length = LEAST;
    while (length < 4 * forms.size()) {
      length *= 2;
    }
    slots = new Form[length];
    size = 0;
    forms.forEach(this::add);
  }
}
