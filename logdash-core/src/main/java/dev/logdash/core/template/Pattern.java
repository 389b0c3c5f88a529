package dev.logdash.core.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A statement as far as it is known: certain words, and {@link Word#ANY} where they vary. */
final class Pattern {

  final Word[] words;
  final List<Form> forms = new ArrayList<>();
  final List<ProvenPattern> proven = new ArrayList<>();

  Pattern(Word[] words) {
    this.words = words;
  }

  void take(Pattern other) {
    forms.addAll(other.forms);
    proven.addAll(other.proven);
  }

  /** A number for what is at all places but one; at all places for place -1. */
  long hashWithout(int place) {
    long sum = 0;
    for (int i = 0; i < words.length; i++) {
      sum += i == place ? 0 : hashAt(i);
    }
    return sum;
  }

  long hashAt(int place) {
    return Hash.mix(words[place].hash + place * 0x9E3779B97F4A7C15L);
  }

  boolean isOpen() {
    for (Word word : words) {
      if (word == Word.ANY) {
        return true;
      }
    }
    return false;
  }

  /** What is at its places in all its forms. */
  ColumnValues[] columns() {
    ColumnValues[] columns = new ColumnValues[words.length];
    Arrays.setAll(columns, i -> new ColumnValues());
    for (ProvenPattern part : proven) {
      for (int i = 0; i < columns.length; i++) {
        columns[i].merge(part.columns[i], part.count);
      }
    }
    forms.stream().sorted(Form.BY_TEXT).forEach(form -> form.addTo(columns));
    return columns;
  }

  Template template(ColumnValues[] columns) {
    StringBuilder text = new StringBuilder();
    for (ColumnValues column : columns) {
      text.append(text.isEmpty() ? "" : " ").append(column.text());
    }
    return Template.mined(text(), text.toString());
  }

  long count() {
    long count = 0;
    for (Form form : forms) {
      count += form.count;
    }
    for (ProvenPattern part : proven) {
      count += part.count;
    }
    return count;
  }

  /** Its words as a text that is the same for the same pattern. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Word word : words) {
      text.append(text.isEmpty() ? "" : " ").append(word.text);
    }
    return text.toString();
  }
}
