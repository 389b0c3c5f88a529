package dev.logdash.embedded;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds where {@code source.ip} and {@code client.ip} are ({@code source.geo.country_iso_code} and
 * more) and whose network that is ({@code source.as.number}, {@code source.as.organization.name}),
 * as far as a database in the format of MaxMind DB says.
 */
final class GeoIpEnricher implements Enricher {

  private static final List<String> SIDES = List.of("source", "client");

  // The names of places are in several languages; these are what ECS shows.
  private static final String LANGUAGE = "en";

  private final Reader database;

  private GeoIpEnricher(Reader database) {
    this.database = database;
  }

  /** Reads a database into memory, so that the file may be replaced while the process lives. */
  static GeoIpEnricher open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return new GeoIpEnricher(new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache()));
  }

  @Override
  public LogEvent enrich(LogEvent event) {
    Attributes.Builder added = null;
    for (String side : SIDES) {
      String text = event.attributes().text(side + ".ip");
      InetAddress address = text.isEmpty() ? null : AddressText.parse(text);
      Map<?, ?> row = address == null ? null : row(address);
      if (row != null) {
        added = added == null ? event.attributes().toBuilder() : added;
        put(side, row, added);
      }
    }
    return added == null ? event : event.toBuilder().attributes(added.build()).build();
  }

  private @Nullable Map<?, ?> row(InetAddress address) {
    if (address.getAddress().length > 4 && database.getMetadata().ipVersion() == 4) {
      return null;
    }
    try {
      return database.get(address, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(String side, Map<?, ?> row, Attributes.Builder to) {
    String geo = side + ".geo.";
    text(geo + "continent_code", at(row, "continent", "code"), to);
    text(geo + "country_iso_code", at(row, "country", "iso_code"), to);
    text(geo + "country_name", at(row, "country", "names", LANGUAGE), to);
    text(geo + "region_name", first(row, "names", LANGUAGE), to);
    if (at(row, "country", "iso_code") instanceof String country
        && first(row, "iso_code") instanceof String region) {
      to.put(geo + "region_iso_code", country + '-' + region);
    }
    text(geo + "city_name", at(row, "city", "names", LANGUAGE), to);
    text(geo + "timezone", at(row, "location", "time_zone"), to);
    if (at(row, "location", "latitude") instanceof Double latitude
        && at(row, "location", "longitude") instanceof Double longitude) {
      to.put(geo + "location.lat", latitude);
      to.put(geo + "location.lon", longitude);
    }
    if (row.get("autonomous_system_number") instanceof Number number) {
      to.put(side + ".as.number", number.longValue());
    }
    text(side + ".as.organization.name", row.get("autonomous_system_organization"), to);
  }

  private static void text(String name, @Nullable Object value, Attributes.Builder to) {
    if (value instanceof String text && !text.isEmpty()) {
      to.put(name, text);
    }
  }

  // Of the parts of a country the largest.
  private static @Nullable Object first(Map<?, ?> row, String... path) {
    return row.get("subdivisions") instanceof List<?> parts
            && !parts.isEmpty()
            && parts.get(0) instanceof Map<?, ?> part
        ? at(part, path)
        : null;
  }

  private static @Nullable Object at(Map<?, ?> row, String... path) {
    Object value = row;
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value;
  }
}
