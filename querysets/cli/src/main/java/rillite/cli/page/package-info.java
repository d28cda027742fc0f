/** A database as one page for a browser, {@code rillite inspect --html}, and as text for Mermaid. */
@NullMarked
package rillite.cli.page;

import org.jspecify.annotations.NullMarked;
