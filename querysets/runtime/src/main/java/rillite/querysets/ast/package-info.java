/**
 * The tree of a statement and its one renderer. For the query module itself, not for its users: names here change.
 *
 * <p>One sealed family per file, records as cases, all immutable. Nothing in the tree renders itself;
 * {@link rillite.querysets.ast.SqlCompiler} turns a tree into text and binds.
 */
@NullMarked
package rillite.querysets.ast;

import org.jspecify.annotations.NullMarked;
