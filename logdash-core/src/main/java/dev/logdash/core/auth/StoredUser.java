package dev.logdash.core.auth;

import dev.logdash.api.auth.Grant;
import dev.logdash.api.document.Document;
import dev.logdash.core.json.JsonDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A user as it is stored.
 *
 * @param generation grows whenever the sessions of the user must end; a session belongs to one
 */
record StoredUser(
    String name,
    String passwordHash,
    List<Grant> grants,
    boolean disabled,
    long generation,
    Instant created) {

  StoredUser {
    grants = List.copyOf(grants);
  }

  static StoredUser of(Document document) {
    JsonDocument json = JsonDocument.read(document.key(), document.body());
    List<Grant> grants = new ArrayList<>();
    for (JsonDocument grant : json.objects("grants")) {
      grants.add(new Grant(grant.text("role"), grant.text("scope")));
    }
    return new StoredUser(
        json.text("name"),
        json.text("password"),
        grants,
        json.flag("disabled"),
        json.number("generation"),
        Instant.ofEpochMilli(json.number("created")));
  }

  String body() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("password", passwordHash);
    json.put("grants", grants.stream().map(StoredUser::json).toList());
    json.put("disabled", disabled);
    json.put("generation", generation);
    json.put("created", created.toEpochMilli());
    return JsonDocument.write(json);
  }

  User shown() {
    return new User(name, grants, disabled, created);
  }

  boolean isAdministrator() {
    return !disabled && grants.contains(Grant.of("admin"));
  }

  StoredUser withPassword(String hash) {
    return new StoredUser(name, hash, grants, disabled, generation + 1, created);
  }

  /** The same password under other parameters: no session has to end for that. */
  StoredUser rehashed(String hash) {
    return new StoredUser(name, hash, grants, disabled, generation, created);
  }

  StoredUser withGrants(List<Grant> value) {
    return new StoredUser(name, passwordHash, value, disabled, generation + 1, created);
  }

  StoredUser withDisabled(boolean value) {
    return new StoredUser(name, passwordHash, grants, value, generation + 1, created);
  }

  static String describe(List<Grant> grants) {
    return JsonDocument.write(Map.of("grants", grants.stream().map(StoredUser::json).toList()));
  }

  private static Map<String, Object> json(Grant grant) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("role", grant.role());
    json.put("scope", grant.scope());
    return json;
  }
}
