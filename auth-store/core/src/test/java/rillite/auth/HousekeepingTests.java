package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import rillite.auth.Maintenance.CleanupReport;
import rillite.auth.Tokens.SupersedePolicy;
import rillite.core.testing.MovingClock;

/** The audit log, and the sweep. */
final class HousekeepingTests extends StoreTests {

    @Test
    void audit_givesWhatWasRecorded_latestFirst() {
        UserId ada = store.user("ada@example.org");
        run(auth.audit().record(AuditEvent.of("a", ada).actor("root").ip("::1").detail("x\ny")));
        store.clock.move(Duration.ofSeconds(1));
        run(auth.audit().record(AuditEvent.of("b", ada)));
        run(auth.audit().record(AuditEvent.of("c", null)));

        var all = get(auth.audit().of(ada, Page.of(10)).collectList());
        assertThat(all).extracting(entry -> entry.event().name()).containsExactly("b", "a");
        assertThat(all.get(1).event().detail()).isEqualTo("xy");
        assertThat(all.get(1).at()).isEqualTo(MovingClock.START);
        assertThat(get(auth.audit().of(ada, Page.of(1).after(all.get(0).seq())).collectList()))
                .containsExactly(all.get(1));
        assertThat(get(auth.audit().since(MovingClock.START.plusMillis(1)).collectList()))
                .extracting(entry -> entry.event().name())
                .containsExactly("b", "c");

        get(auth.users().delete(ada));
        assertThat(get(auth.audit().of(ada, Page.of(10)).collectList()))
                .as("outlives the user")
                .isEqualTo(all);
    }

    @Test
    void purgeExpired_sweepsInBatches_andLeavesTheLiving() {
        UserId ada = store.user("ada@example.org");
        for (int i = 0; i < 5; i++) {
            store.session(ada);
            get(auth.tokens().issue(Purpose.of("p"), "s", Duration.ofMinutes(1), Map.of(), SupersedePolicy.KEEP));
            get(auth.throttle().hit("k" + i, new Throttle.Limit(1, Duration.ofMinutes(1), Duration.ofMinutes(1))));
        }
        assertThat(get(auth.maintenance().purgeExpired(2))).isEqualTo(new CleanupReport(0, 0, 0));

        get(auth.sessions().revokeAll(ada));
        IssuedSession alive = store.session(ada);
        assertThat(get(auth.maintenance().purgeExpired(2))).isEqualTo(new CleanupReport(5, 0, 0));

        store.clock.move(Duration.ofDays(1));
        assertThat(get(auth.maintenance().purgeExpired(2))).isEqualTo(new CleanupReport(0, 5, 5));
        assertThat(find(auth.sessions().authenticate(alive.token().expose()))).isNotNull();

        store.clock.move(Duration.ofDays(30));
        assertThat(get(auth.maintenance().purgeExpired(2))).isEqualTo(new CleanupReport(1, 0, 0));
    }

    @Test
    void schedule_sweepsUntilDisposed() {
        get(auth.tokens().issue(Purpose.MAGIC_LINK, "s"));
        store.clock.move(Duration.ofDays(1));
        Disposable sweep = auth.maintenance().schedule(Duration.ofMillis(20));
        try {
            await().atMost(PATIENCE).until(() -> store.count("SELECT count(*) FROM auth_token") == 0);
        } finally {
            sweep.dispose();
        }
        assertThatThrownBy(() -> auth.maintenance().purgeExpired(0)).isInstanceOf(InvalidAuthValueException.class);
    }
}
