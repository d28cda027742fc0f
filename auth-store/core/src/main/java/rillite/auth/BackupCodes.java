package rillite.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ten codes for the day on which the authenticator is lost. Stored as keyed hashes: 50 bits alone could be guessed. */
final class BackupCodes {

    private static final int CODES = 10;
    private static final int BYTES = 7;
    private static final int LETTERS = 10;

    private final Store store;
    private final SecretBox box;

    BackupCodes(Store store) {
        this.store = store;
        box = new SecretBox(store.options().keys());
    }

    /** New ones in place of the old ones, in the transaction of the caller. */
    Mono<List<Secret>> replaced(UserId user) {
        List<Secret> codes = new ArrayList<>();
        for (int i = 0; i < CODES; i++) {
            String letters = Base32.encode(Chance.bytes(BYTES)).substring(0, LETTERS);
            codes.add(Secret.of(letters.substring(0, LETTERS / 2) + "-" + letters.substring(LETTERS / 2)));
        }
        return removed(user)
                .thenMany(Flux.fromIterable(codes))
                .concatMap(code -> store.change(
                        "INSERT INTO auth_backup_code (user_id, code_hash) VALUES (?1, ?2)",
                        user.value(),
                        box.hashes(place(user), normal(code.expose())).get(0)))
                .then(Mono.just(List.copyOf(codes)));
    }

    Mono<Long> removed(UserId user) {
        return store.change("DELETE FROM auth_backup_code WHERE user_id = ?1", user.value());
    }

    /** Uses a code up, whichever key it was hashed by. */
    Mono<Boolean> used(UserId user, String code) {
        return Flux.defer(() -> Flux.fromIterable(box.hashes(place(user), normal(code))))
                .concatMap(hash -> store.row(
                        "DELETE FROM auth_backup_code WHERE user_id = ?1 AND code_hash = ?2 RETURNING 1 AS used",
                        user.value(),
                        hash))
                .next()
                .hasElement();
    }

    private static String place(UserId user) {
        return "auth_backup_code.code_hash of " + user;
    }

    /** As it was meant: people leave out the dash and type small letters. */
    private static String normal(String code) {
        return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }
}
