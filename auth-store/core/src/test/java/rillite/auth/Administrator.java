package rillite.auth;

import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.r2dbc.testing.ChildJvm;

/** Ends and changes what others do, in a JVM of its own: a verb, a user, a session, its token, another session. */
final class Administrator {

    static final String ROLE = "reader";

    private Administrator() {}

    public static void main(String[] arguments) throws Exception {
        Database db = get(Database.open(Path.of(arguments[0])));
        AuthStore auth = AuthStore.on(db, SecondProcess.options());
        ChildJvm.serve(line -> List.of(String.valueOf(find(done(auth, line.split(" "))))));
        run(db.close());
    }

    private static Mono<?> done(AuthStore auth, String[] words) {
        UserId user = new UserId(words[1]);
        SessionId session = new SessionId(words[2]);
        String token = words[3];
        return switch (words[0]) {
            case "revoke" -> auth.sessions().revoke(session);
            case "revokeOfUser" -> auth.sessions().revoke(user, session);
            case "revokeToken" -> auth.sessions().revokeToken(token);
            case "revokeOthers" -> auth.sessions().revokeOthers(user, new SessionId(words[4]));
            case "revokeAll" -> auth.sessions().revokeAll(user);
            case "rotate" -> auth.sessions().rotate(token);
            case "setPassword" -> auth.passwords().set(user, "correct horse");
            case "changeAddress" -> auth.users().update(user, UserPatch.none().email(token + "@example.org"));
            case "disable" -> auth.users().disable(user);
            case "delete" -> auth.users().delete(user);
            case "grant" -> auth.roles().grant(user, "admin");
            case "takeRole" -> auth.roles().revoke(user, ROLE);
            case "rename" -> auth.users().update(user, UserPatch.none().name("Countess"));
            case "signIn" -> auth.sessions().create(user, SessionRequest.none());
            default -> throw new IllegalArgumentException(words[0]);
        };
    }
}
