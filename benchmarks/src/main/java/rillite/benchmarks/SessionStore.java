package rillite.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import org.reactivestreams.Publisher;
import rillite.auth.ActiveSession;
import rillite.auth.AuthOptions;
import rillite.auth.AuthStore;
import rillite.auth.SessionRequest;
import rillite.auth.Sessions;
import rillite.auth.UserId;
import rillite.querysets.Database;

/** Sessions as an application uses them: a read says whose token it is, an insert signs a user in. */
final class SessionStore implements ReactiveStore, Client {

    private final RilliteStore driver;
    private final AuthStore auth;
    private List<String> tokens = List.of();

    /**
     * @param remembered how many sessions are remembered
     */
    SessionStore(String url, Settings settings, int remembered) {
        driver = new RilliteStore(url, settings, true);
        auth = AuthStore.on(
                requireNonNull(Database.over(driver.factory()).block()),
                AuthOptions.defaults().rememberSessions(remembered));
    }

    /** The driver below, whose connections are opened and closed around each statement. */
    ReactiveStore driver() {
        return driver;
    }

    AuthStore auth() {
        return auth;
    }

    @Override
    public Tally pointReads(Load load) {
        tokens = AuthFile.tokens(load.rows());
        return ReactiveStore.super.pointReads(load);
    }

    @Override
    public List<Client> clients(int count) {
        return Collections.nCopies(count, this);
    }

    @Override
    public Runnable occupyReaders() {
        return driver.occupyReaders();
    }

    @Override
    public Publisher<Long> read(long id) {
        return auth.sessions().authenticate(tokens.get((int) id)).map(SessionStore::amount);
    }

    private static Long amount(ActiveSession session) {
        Checks.same("role", true, session.roles().contains(AuthFile.ROLE));
        return Long.valueOf(requireNonNull(session.user().name()));
    }

    @Override
    public Publisher<Long> insert(long who) {
        Sessions sessions = auth.sessions();
        return sessions.create(new UserId(AuthFile.id(who)), SessionRequest.none())
                .thenReturn(1L);
    }

    @Override
    public void close() {
        driver.close();
    }
}
