/** Bridges from Reactor to Vert.x 5; needs vertx-core and vertx-reactive-streams, both optional dependencies. */
@NullMarked
package rillite.core.vertx;

import org.jspecify.annotations.NullMarked;
