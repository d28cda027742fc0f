package rillite.benchmarks;

import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.reactivestreams.Publisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sessions of Spring, by blocking calls moved to the bounded elastic scheduler. */
final class SpringSessionStore implements ReactiveStore, Client {

    private final HikariDataSource pool;
    private final int poolSize;
    private final JdbcIndexedSessionRepository sessions;

    SpringSessionStore(Path file, Settings settings) {
        pool = Pool.open(file, settings);
        poolSize = settings.poolSize();
        // As JdbcHttpSessionConfiguration sets it up.
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        sessions = new JdbcIndexedSessionRepository(new JdbcTemplate(pool), transactions);
        sessions.setCleanupCron(Scheduled.CRON_DISABLED);
        sessions.afterPropertiesSet();
    }

    @Override
    public List<Client> clients(int count) {
        return Collections.nCopies(count, this);
    }

    @Override
    public Runnable occupyReaders() {
        return Pool.take(pool, poolSize);
    }

    @Override
    public Publisher<Long> read(long id) {
        return Mono.error(new UnsupportedOperationException("takes part in creations only"));
    }

    @Override
    public Publisher<Long> insert(long who) {
        return Mono.fromCallable(() -> created(sessions, AuthFile.id(who))).subscribeOn(Schedulers.boundedElastic());
    }

    private static <S extends Session> Long created(SessionRepository<S> sessions, String user) {
        S session = sessions.createSession();
        session.setAttribute(PRINCIPAL_NAME_INDEX_NAME, user);
        sessions.save(session);
        return 1L;
    }

    @Override
    public void close() {
        Unchecked.run(sessions::destroy);
        pool.close();
    }
}
