/**
 * One SQLite file with an application of Auth.js (NextAuth): its users, accounts, sessions and tokens, read and written as its
 * own adapters do.
 *
 * <p>The front door is {@link rillite.auth.authjs.AuthJsAdapter}. What it writes has the forms that the Node side expects to the
 * byte; what it cannot read for certain counts as expired, and is told once in the log. Session tokens are stored as they are,
 * as Auth.js wants it: the tables of {@link rillite.auth.AuthStore} hold hashes only.
 *
 * <p>All publishers are cold, reads run on reader connections, writes on the one writer; what a write gives arrives after its
 * commit, on threads of the driver. A cancel before the statement is sent leaves nothing done; after that it ran or it did not,
 * and a token counts as used. Values that cannot be written are refused at once by the verb.
 */
@NullMarked
package rillite.auth.authjs;

import org.jspecify.annotations.NullMarked;
