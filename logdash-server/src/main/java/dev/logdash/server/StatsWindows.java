package dev.logdash.server;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.core.rollup.SeriesPoint;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints each series in each window of a span as a JSON object on a line of its own. */
final class StatsWindows {

  private static final Map<String, List<String>> DIMENSIONS =
      Map.of(
          RollupDefinitions.EVENTS,
          List.of(EcsFields.SERVICE_NAME, EcsFields.LOG_LEVEL),
          RollupDefinitions.REQUESTS,
          List.of(
              EcsFields.SERVICE_NAME,
              EcsFields.HTTP_ROUTE,
              EcsFields.HTTP_METHOD,
              EcsFields.HTTP_STATUS));

  private StatsWindows() {}

  static void print(RollupStore rollups, StatsTier tier, long from, long to, PrintStream out) {
    for (String statistics : List.of(RollupDefinitions.EVENTS, RollupDefinitions.REQUESTS)) {
      RollupQuery query = new RollupQuery(statistics, tier.seconds(), from, to);
      for (SeriesPoint point : SeriesPoint.merge(Waiting.on(rollups.read(query).collectList()))) {
        out.println(JsonMapper.shared().writeValueAsString(json(statistics, tier, point)));
      }
    }
  }

  private static Map<String, Object> json(String statistics, StatsTier tier, SeriesPoint point) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("statistics", statistics);
    json.put("tier", tier.toString());
    json.put("window", TimeRange.describe(point.windowStart() * 1_000_000_000L));
    List<String> names = DIMENSIONS.getOrDefault(statistics, List.of());
    for (int i = 0; i < names.size(); i++) {
      json.put(names.get(i), point.dimensions().get(i));
    }
    json.put("count", point.count());
    json.put("errors", point.errors());
    StatsReport.putDurations(point.sum(), point.sketch(), json);
    return json;
  }
}
