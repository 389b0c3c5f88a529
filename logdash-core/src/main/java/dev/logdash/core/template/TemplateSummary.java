package dev.logdash.core.template;

import java.util.List;

/**
 * A template with its lines.
 *
 * @param count how many lines it had, without those of forms that were forgotten
 * @param values for each placeholder of the text, in its order
 */
public record TemplateSummary(Template template, long count, List<PlaceholderValues> values) {}
