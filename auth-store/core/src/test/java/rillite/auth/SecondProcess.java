package rillite.auth;

import static rillite.auth.Fixture.find;
import static rillite.auth.Fixture.get;
import static rillite.auth.Fixture.run;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;

/** The same program in a JVM of its own: does what a line says, prints what it won, then {@code end}. */
final class SecondProcess {

    static final Purpose INVITE = Purpose.of("invite");

    private SecondProcess() {}

    public static void main(String[] arguments) throws Exception {
        Database db = get(Database.open(Path.of(arguments[0])));
        AuthStore auth = AuthStore.on(db, AuthOptions.defaults().hashing(16, 1, 1));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            won(auth, line).forEach(System.out::println);
            System.out.println("end");
        }
        run(db.close());
    }

    /** What this process wins of something that both are told to do. */
    static List<String> won(AuthStore auth, String line) throws Exception {
        String what = line.substring(line.indexOf(' ') + 1);
        if (line.startsWith("hang")) {
            run(auth.inTransaction(tx -> tx.users()
                    .create(NewUser.of("ghost@example.org"))
                    .flatMap(user -> tx.sessions().create(user.id(), SessionRequest.none()))
                    .doOnNext(session -> System.out.println("inside"))
                    .then(Mono.<Void>never())));
        }
        if (line.startsWith("migrate")) {
            run(auth.migrate());
            return List.of();
        }
        List<String> won = new ArrayList<>();
        for (String one : Files.readAllLines(Path.of(what))) {
            if (line.startsWith("consume") && find(auth.tokens().consume(INVITE, one)) != null) {
                won.add(one);
            }
            if (line.startsWith("create")
                    && get(auth.users()
                            .create(NewUser.of(one))
                            .thenReturn(true)
                            .onErrorReturn(EmailTakenException.class, false))) {
                won.add(one);
            }
        }
        return won;
    }
}
