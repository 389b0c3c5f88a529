package dev.logdash.core.rollup;

import dev.logdash.api.event.LogEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted: which events, in which series, and what is measured of each. */
public interface RollupDefinition {

  /** Stored with each cell, so it never changes its meaning. */
  String name();

  /** The names of the dimensions, in the order of {@link #series}. */
  List<String> dimensions();

  /** The series an event belongs to; null if it is not counted here. */
  @Nullable List<String> series(LogEvent event);

  /** Whether the event is an error of this kind. */
  boolean isError(LogEvent event);

  /** The duration of the event in nanoseconds; -1 if it has none. */
  long duration(LogEvent event);
}
