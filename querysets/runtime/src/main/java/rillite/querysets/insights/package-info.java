/**
 * What a database saw of its statements: which took the most time, which are repeated, which read whole tables.
 * {@code Database.insights()} gives the {@link rillite.querysets.insights.InsightReport}; {@link
 * rillite.querysets.insights.InsightOptions} switch it on.
 */
@NullMarked
package rillite.querysets.insights;

import org.jspecify.annotations.NullMarked;
