/** What the packages of migrations share and nobody else uses. */
@NullMarked
package rillite.querysets.migrate.internal;

import org.jspecify.annotations.NullMarked;
