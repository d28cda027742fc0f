package rillite.benchmarks;

import static java.util.Objects.requireNonNull;
import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

import java.util.Collections;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import rillite.auth.spring.session.SqliteReactiveSessionRepository;
import rillite.querysets.Database;

/** Sessions of Spring, kept by us. */
final class ReactiveSessionStore implements ReactiveStore, Client {

    private final RilliteStore driver;
    private final SqliteReactiveSessionRepository sessions;

    ReactiveSessionStore(RilliteStore driver) {
        this.driver = driver;
        sessions = new SqliteReactiveSessionRepository(
                requireNonNull(Database.over(driver.factory()).block()));
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
        return Mono.error(new UnsupportedOperationException("takes part in creations only"));
    }

    @Override
    public Publisher<Long> insert(long who) {
        return sessions.createSession()
                .doOnNext(session -> session.setAttribute(PRINCIPAL_NAME_INDEX_NAME, AuthFile.id(who)))
                .flatMap(sessions::save)
                .thenReturn(1L);
    }

    @Override
    public void close() {
        driver.close();
    }
}
