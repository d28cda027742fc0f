/** Handlers over real sockets, the use the driver exists for: WebFlux on Reactor Netty and Vert.x 5. */
@NullMarked
package rillite.r2dbc.web;

import org.jspecify.annotations.NullMarked;
