package dev.logdash.embedded;

import java.util.Collection;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;

/** Lets one collector see all segments, one after the other. */
final class OneCollector implements CollectorManager<Collector, Boolean> {

  private final Collector collector;

  OneCollector(Collector collector) {
    this.collector = collector;
  }

  @Override
  public Collector newCollector() {
    return collector;
  }

  @Override
  public Boolean reduce(Collection<Collector> collectors) {
    return true;
  }
}
