/** The store behind Vert.x Web and its authentication. */
@NullMarked
package rillite.auth.vertx;

import org.jspecify.annotations.NullMarked;
