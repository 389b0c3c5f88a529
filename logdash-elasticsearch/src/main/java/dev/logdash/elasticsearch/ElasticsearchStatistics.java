package dev.logdash.elasticsearch;

/**
 * What a store has done since it was made.
 *
 * @param stored events that were new
 * @param duplicates events that were there already
 * @param rejected events that can never be stored, those the store itself refuses included
 * @param sentAgain events that were sent again, once for each time
 * @param bulks requests with events
 * @param splits requests that were too large and went in two
 * @param scanned events read one by one for questions that the server has no exact answer to
 */
public record ElasticsearchStatistics(
    long stored,
    long duplicates,
    long rejected,
    long sentAgain,
    long bulks,
    long splits,
    long scanned) {}
