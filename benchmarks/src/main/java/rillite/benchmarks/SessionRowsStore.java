package rillite.benchmarks;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** What is behind a token, read by hand: the least that the driver takes for what the store gives. */
final class SessionRowsStore implements ReactiveStore {

    private static final String SELECT =
            "SELECT s.id, s.aal, s.created_at, s.last_seen_at, s.expires_at, u.id, u.email,"
                    + " u.email_verified_at, u.name, u.image, u.disabled_at, u.created_at, u.updated_at,"
                    + " (SELECT group_concat(r.role, char(31)) FROM auth_user_role r WHERE r.user_id = u.id) AS roles"
                    + " FROM auth_session s JOIN auth_user u ON u.id = s.user_id WHERE s.token_hash = ?1 AND s.expires_at > ?2"
                    + " AND s.absolute_expires_at > ?2 AND s.epoch = u.session_epoch AND u.disabled_at IS NULL";

    private final RilliteStore driver;
    private List<String> tokens = List.of();

    SessionRowsStore(RilliteStore driver) {
        this.driver = driver;
    }

    /** One row, every column of it. */
    private record Found(
            String id,
            long level,
            long createdAt,
            long lastSeenAt,
            long expiresAt,
            String user,
            @Nullable String email,
            @Nullable Long emailVerifiedAt,
            @Nullable String name,
            @Nullable String image,
            @Nullable Long disabledAt,
            long userCreatedAt,
            long userUpdatedAt,
            @Nullable String roles) {

        static Found of(Row row, RowMetadata metadata) {
            return new Found(
                    text(row, 0),
                    number(row, 1),
                    number(row, 2),
                    number(row, 3),
                    number(row, 4),
                    text(row, 5),
                    row.get(6, String.class),
                    row.get(7, Long.class),
                    row.get(8, String.class),
                    row.get(9, String.class),
                    row.get(10, Long.class),
                    number(row, 11),
                    number(row, 12),
                    row.get(13, String.class));
        }

        private static String text(Row row, int place) {
            return requireNonNull(row.get(place, String.class));
        }

        private static long number(Row row, int place) {
            return requireNonNull(row.get(place, Long.class));
        }

        Long amount() {
            Checks.same("role", AuthFile.ROLE, requireNonNull(roles));
            return Long.valueOf(requireNonNull(name));
        }
    }

    private record HandClient(Connection connection, List<String> tokens) implements Client {

        @Override
        public Publisher<Long> read(long id) {
            return Mono.fromDirect(connection
                            .createStatement(SELECT)
                            .bind(0, AuthFile.sha256(tokens.get((int) id)))
                            .bind(1, System.currentTimeMillis())
                            .execute())
                    .flatMapMany(result -> result.map(Found::of))
                    .map(Found::amount);
        }

        @Override
        public Publisher<Long> insert(long who) {
            throw new UnsupportedOperationException("reads only");
        }
    }

    @Override
    public Tally pointReads(Load load) {
        tokens = AuthFile.tokens(load.rows());
        return ReactiveStore.super.pointReads(load);
    }

    @Override
    public List<Client> clients(int count) {
        List<Client> clients = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            clients.add(new HandClient(driver.connect(), tokens));
        }
        return clients;
    }

    @Override
    public Runnable occupyReaders() {
        return driver.occupyReaders();
    }

    @Override
    public void close() {
        driver.close();
    }
}
