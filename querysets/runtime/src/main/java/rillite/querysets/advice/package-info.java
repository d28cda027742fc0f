/**
 * Advice on a schema and on statements: which indexes are missing. It proposes, and changes nothing.
 */
@NullMarked
package rillite.querysets.advice;

import org.jspecify.annotations.NullMarked;
