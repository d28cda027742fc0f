/**
 * Users, sessions, tokens, passwords and roles in the application's own SQLite file.
 *
 * <p>The front door is {@link rillite.auth.AuthStore}, over an open {@link rillite.querysets.Database}. Its parts, in the
 * order in which a newcomer needs them:
 *
 * <ul>
 *   <li>{@link rillite.auth.Users}: who there is
 *   <li>{@link rillite.auth.Sessions}: who is signed in
 *   <li>{@link rillite.auth.Passwords}: who may sign in with what they know
 *   <li>{@link rillite.auth.Tokens} and {@link rillite.auth.Codes}: links and typed codes that work once
 *   <li>{@link rillite.auth.Accounts}: who may sign in through somebody else
 *   <li>{@link rillite.auth.Totp} and {@link rillite.auth.Passkeys}: second factors
 *   <li>{@link rillite.auth.Roles}: who may do what
 *   <li>{@link rillite.auth.Throttle}, {@link rillite.auth.Audit}, {@link rillite.auth.Maintenance}: what keeps it healthy
 * </ul>
 *
 * <p>All publishers are cold: each subscription does the work. Reads run on reader connections, writes on the one writer; what
 * a write gives arrives after its commit. Signals arrive on threads of the driver, or of the password hashing, never on one
 * that may not be blocked for long by the subscriber's own work. A cancel before the statement is sent leaves nothing done;
 * after that it ran or it did not, and a token counts as used. Inside of a transaction of the database everything takes part in
 * it.
 *
 * <p>Time is that of {@link rillite.auth.AuthOptions#clock}, in milliseconds. Secrets are {@link rillite.auth.Secret}s, which
 * print redacted; raw tokens are given once and only their SHA-256 is stored.
 */
@NullMarked
package rillite.auth;

import org.jspecify.annotations.NullMarked;
