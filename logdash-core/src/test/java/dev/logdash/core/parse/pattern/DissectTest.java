package dev.logdash.core.parse.pattern;

import static dev.logdash.core.parse.pattern.PatternLines.doesNotFit;
import static dev.logdash.core.parse.pattern.PatternLines.parses;
import static dev.logdash.core.parse.pattern.PatternLines.refuses;

import org.junit.jupiter.api.Test;

class DissectTest {

  @Test
  void givesColumnsTheirMeaningByName() {
    PatternParser parser =
        PatternParser.dissect(
            "%{clientip} %{} %{user} [%{timestamp}] \"%{method} %{url} %{?version}\" %{status}"
                + " %{bytes}");
    parses(
        parser,
        "10.0.0.1 - ada [01/May/2024:10:00:00 +0200] \"GET /a?b=1 HTTP/1.1\" 200 512",
        "time",
        "2024-05-01T08:00:00Z",
        "message",
        "10.0.0.1 - ada [01/May/2024:10:00:00 +0200] \"GET /a?b=1 HTTP/1.1\" 200 512",
        "source.ip",
        "10.0.0.1",
        "user.name",
        "ada",
        "http.request.method",
        "GET",
        "url.original",
        "/a?b=1",
        "url.path",
        "/a",
        "url.query",
        "b=1",
        "http.response.status_code",
        200L,
        "http.response.body.bytes",
        512L);
    doesNotFit(parser, "10.0.0.1 - ada 01/May/2024:10:00:00 +0200");
  }

  @Test
  void appendsInTheOrderOfTheLineOrOfTheNumbers() {
    parses(
        PatternParser.dissect("%{timestamp} %{+timestamp} %{level}: %{message}"),
        "2024-05-01 10:00:00 WARN: it: works",
        "time",
        "2024-05-01T10:00:00Z",
        "severity",
        13,
        "message",
        "it: works");
    parses(
        PatternParser.dissect("%{+a/2} %{+a/1} %{+a/4} %{+a/3}"),
        "1 2 3 go",
        "message",
        "1 2 3 go",
        "a",
        "2 1 go 3");
    parses(
        PatternParser.dissect("%{[x][y]},%{+[x][y]};%{msg}"),
        "a,b;c",
        "message",
        "c",
        "x.y",
        "a,b");
  }

  @Test
  void takesNamesFromTheLine() {
    parses(
        PatternParser.dissect("%{*k}=%{&k};%{*l}:%{&l}"),
        "colour=red;size:7",
        "message",
        "colour=red;size:7",
        "colour",
        "red",
        "size",
        "7");
  }

  @Test
  void passesOverPadding() {
    parses(
        PatternParser.dissect("%{a->} %{b->}, %{c}"),
        "x     y, , , z",
        "message",
        "x     y, , , z",
        "a",
        "x",
        "b",
        "y",
        "c",
        "z");
  }

  @Test
  void theLastTextEndsTheLine() {
    PatternParser parser = PatternParser.dissect("<%{a}> %{b}!");
    parses(parser, "<x> y!z!", "message", "<x> y!z!", "a", "x", "b", "y!z");
    doesNotFit(parser, "<x> y!z");
  }

  @Test
  void refusesWhatIsNotWhole() {
    refuses("dissect:%{a}%{b}", 1, "where this column ends");
    refuses("dissect:%{a} %{b", 6, "not closed");
    refuses("dissect:plain", 1, "no column");
    refuses("dissect:%{*k}=x", 4, "%{&k}");
    refuses("dissect:%{+a/x} %{b}", 1, "order");
    refuses("dissect:%{a} %{+}", 6, "no name");
  }
}
