/**
 * The goals {@code rillite:generate} and {@code rillite:migrate}: thin faces over {@link rillite.codegen} and {@link
 * rillite.querysets.migrate}.
 */
@NullMarked
package rillite.maven;

import org.jspecify.annotations.NullMarked;
