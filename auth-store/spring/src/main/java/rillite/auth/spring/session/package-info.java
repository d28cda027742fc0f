/**
 * Sessions of Spring Session in SQLite, for WebFlux; {@link SqliteReactiveSessionRepository} is the front door.
 *
 * <p>The tables are those that spring-session-jdbc has for SQLite, so servlet applications may share the file. All publishers
 * are cold. Reads run on reader connections, writes on the one writer; what a write gives arrives after its commit. Signals
 * arrive on threads of the driver. A cancel before a statement is sent leaves nothing done; after that it ran or it did not.
 */
@NullMarked
package rillite.auth.spring.session;

import org.jspecify.annotations.NullMarked;
