/**
 * The store behind Vert.x 5.
 *
 * <ul>
 *   <li>{@link rillite.auth.vertx.SessionCookieHandler}: signs in, protects routes, signs out; sessions can be listed and revoked
 *   <li>{@link rillite.auth.vertx.SqliteSessionStore}: keeps what {@code SessionHandler} of Vert.x Web keeps, in the file
 *   <li>{@link rillite.auth.vertx.AuthStoreVertxAuthenticationProvider} and {@link
 *       rillite.auth.vertx.AuthStoreVertxAuthorizationProvider}: users, roles and permissions for the handlers of Vert.x
 *   <li>{@link rillite.auth.vertx.AuthStoreCredentialStorage}: passkeys for {@code WebAuthn4J}
 * </ul>
 *
 * <p>Futures complete on the context of the caller, and cannot be cancelled. Nothing blocks an event loop. Call {@link
 * rillite.auth.AuthStore#migrate} when the program starts; the session store makes its table itself.
 */
@NullMarked
package rillite.auth.vertx;

import org.jspecify.annotations.NullMarked;
