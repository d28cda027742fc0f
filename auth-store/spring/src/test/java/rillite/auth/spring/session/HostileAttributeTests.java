package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attributes that somebody wrote into the file to make the application run what it should not, or fall over. */
final class HostileAttributeTests extends SessionStoreTests {

    private static final AtomicInteger BORN = new AtomicInteger();

    /** What a payload wants to have made. */
    public static class Gadget implements Serializable, Runnable {
        private static final long serialVersionUID = 1L;
        public String command = "";

        public Gadget() {
            BORN.incrementAndGet();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            BORN.incrementAndGet();
            in.defaultReadObject();
        }

        public void setCommand(String command) {
            BORN.incrementAndGet();
            this.command = command;
        }

        @Override
        public void run() {}
    }

    /** Of which JSON within a list of its type would not name the class. */
    public static final class Final {
        public Final() {
            BORN.incrementAndGet();
        }
    }

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger logger = Logger.getLogger(SqliteReactiveSessionRepository.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    private static byte[] jdk(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** That this is in the file makes the session end, and nothing else. */
    private void assertGone(SqliteReactiveSessionRepository repository, byte[] payload) {
        SqliteSession session = get(repository.createSession());
        session.setAttribute("fine", "1");
        run(repository.save(session));
        store.sql(
                "INSERT INTO SPRING_SESSION_ATTRIBUTES SELECT PRIMARY_ID, 'attack', ?1 FROM SPRING_SESSION"
                        + " WHERE SESSION_ID = ?2",
                payload,
                session.getId());
        BORN.set(0);
        assertThat(find(repository.findById(session.getId())))
                .as(new String(payload, 0, Math.min(300, payload.length), StandardCharsets.ISO_8859_1))
                .isNull();
        assertThat(BORN).hasValue(0);
    }

    @Test
    void json_gadget_isNeverMade() {
        String gadget = Gadget.class.getName();
        List<String> payloads = List.of(
                "{\"@class\":\"" + gadget + "\",\"command\":\"canary-9d1c\"}",
                "[\"" + gadget + "\",{\"command\":\"canary-9d1c\"}]",
                "{\"@class\":\"java.util.HashMap\",\"k\":{\"@class\":\"" + gadget + "\",\"command\":\"x\"}}",
                "[\"java.util.ArrayList\",[{\"@class\":\"" + gadget + "\"}]]",
                "{\"@class\":\"org.springframework.security.core.context.SecurityContextImpl\",\"authentication\":"
                        + "{\"@class\":\"" + gadget + "\"}}",
                "{\"@class\":\"org.springframework.security.authentication.UsernamePasswordAuthenticationToken\","
                        + "\"authenticated\":true,\"authorities\":[\"java.util.Collections$UnmodifiableRandomAccessList\",[]],"
                        + "\"principal\":{\"@class\":\"" + gadget + "\"},\"credentials\":null,\"details\":null}",
                "{\"@class\":\"javax.swing.JEditorPane\",\"page\":\"http://127.0.0.1:1/\"}",
                "[\"org.springframework.context.support.ClassPathXmlApplicationContext\",\"http://127.0.0.1:1/x.xml\"]",
                "[\"java.io.File\",\"/\"]",
                "[\"java.lang.Class\",\"" + gadget + "\"]",
                "[\"java.util.ArrayList<" + gadget + ">\",[{}]]",
                "[\"java.util.ArrayList<" + Final.class.getName() + ">\",[{}]]",
                "{\"@class\":\"java.util.HashMap<java.lang.String," + Final.class.getName() + ">\",\"k\":{}}",
                "[\"[L" + Final.class.getName() + ";\",[{}]]");
        for (String payload : payloads) {
            assertGone(sessions, payload.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(logged).hasSize(1).first().asString().contains("\"attack\"", "is not permitted", gadget);
        assertThat(logged).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void json_brokenOrBombs_endTheSessionOnly() {
        List<byte[]> payloads = new ArrayList<>();
        for (String text : List.of(
                "",
                "{",
                "null",
                "{\"a\":1}",
                "\"canary-9d1c",
                "\0",
                "[".repeat(50_000),
                "1" + "0".repeat(100_000),
                "[\"java.util.UUID\",\"canary-9d1c\"]",
                "[\"java.math.BigDecimal\",\"1e1000000000\"] x")) {
            payloads.add(text.getBytes(StandardCharsets.UTF_8));
        }
        payloads.add(new byte[] {(byte) 0xff, (byte) 0xfe});
        payloads.add(jdk("text"));
        payloads.add(new byte[(1 << 20) + 1]);
        for (byte[] payload : payloads) {
            assertGone(sessions, payload);
        }
        assertThat(logged).hasSize(1).noneMatch(line -> line.contains("canary"));
    }

    /** Few bytes that are a number of a thousand million digits. */
    @Test
    void json_hugeNumbers_areQuicklyRefusedOrKept() {
        for (String type : List.of(
                "java.math.BigInteger",
                "java.math.BigDecimal",
                "java.time.Duration",
                "java.time.Instant",
                "java.time.OffsetDateTime",
                "java.time.ZonedDateTime",
                "java.time.Year",
                "java.util.Date",
                "java.lang.Long")) {
            SqliteSession session = store.saved("attack", "x");
            store.sql("UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = ?1", (Object)
                    ("[\"" + type + "\",1e1000000000]").getBytes(StandardCharsets.UTF_8));
            find(sessions.findById(session.getId())); // a wait without end would fail
            store.sql("DELETE FROM SPRING_SESSION");
        }
    }

    @Test
    void jdk_gadget_isNeverMade() {
        SqliteReactiveSessionRepository jdk = store.with(options -> options.serializer(AttributeSerializer.jdk()));
        Gadget gadget = new Gadget();
        gadget.command = "canary-9d1c";
        Object proxy =
                Proxy.newProxyInstance(Gadget.class.getClassLoader(), new Class<?>[] {Runnable.class}, (Serializable
                                & java.lang.reflect.InvocationHandler)
                        (self, method, arguments) -> null);
        for (Object value : List.of(
                gadget,
                new HashMap<>(Map.of("k", gadget)),
                new ArrayList<>(List.of(gadget)),
                new Object[] {gadget},
                new Gadget[][] {{gadget}},
                AttributeTests.signedIn(gadget),
                proxy,
                new TreeSet<>((Comparator<Object> & Serializable) (a, b) -> 0))) {
            assertGone(jdk, jdk(value));
        }
        assertThat(logged).hasSize(1).first().asString().contains("\"attack\"", Gadget.class.getName());
        assertThat(logged).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void jdk_bombs_endTheSessionOnly() {
        SqliteReactiveSessionRepository jdk = store.with(options -> options.serializer(AttributeSerializer.jdk()));
        byte[] array = jdk(new long[1]);
        array[array.length - 12] = 0x7f; // the length of the array
        byte[] cut = jdk(new ArrayList<>(List.of("a", "b")));
        for (byte[] payload : List.of(
                jdk(bomb(100)),
                array,
                new byte[0],
                new byte[] {1, 2, 3},
                java.util.Arrays.copyOf(cut, cut.length - 4))) {
            assertGone(jdk, payload);
        }
    }

    /** Sets within sets are hashed twice as often with each level: what is less deep than the bound must still be quick. */
    @Test
    void jdk_bombsOfFewerLevels_endTheSessionOnly() {
        SqliteReactiveSessionRepository jdk = store.with(options -> options.serializer(AttributeSerializer.jdk()));
        for (int levels = 25; levels < 64; levels += 9) {
            assertGone(jdk, jdk(bomb(levels)));
        }
    }

    private static Set<Object> bomb(int levels) {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int i = 0; i < levels; i++) {
            Set<Object> nextLeft = new HashSet<>();
            Set<Object> nextRight = new HashSet<>();
            nextLeft.add("x");
            left.add(nextLeft);
            left.add(nextRight);
            right.add(nextLeft);
            right.add(nextRight);
            left = nextLeft;
            right = nextRight;
        }
        return root;
    }

    @Test
    void jdk_filterOfYourOwn_refusesWhatItLeavesOpen() {
        AttributeSerializer serializer =
                AttributeSerializer.jdk(ObjectInputFilter.Config.createFilter("java.util.ArrayList;java.lang.*"));
        assertThat(serializer.deserialize(jdk(new ArrayList<>(List.of("a", 1L)))))
                .isEqualTo(List.of("a", 1L));
        SqliteReactiveSessionRepository own = store.with(options -> options.serializer(serializer));
        assertGone(own, jdk(new Gadget()));
        assertGone(own, jdk(new HashMap<>()));
    }

    @Test
    void unreadable_isListedForItsPrincipal_soThatItCanBeEnded() {
        SqliteSession session = store.saved("SPRING_SECURITY_CONTEXT", AttributeTests.signedIn(), "fine", "1");
        store.sql("UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = x'00'"
                + " WHERE ATTRIBUTE_NAME = 'SPRING_SECURITY_CONTEXT'");
        assertThat(store.isThere(session)).isFalse();
        SqliteSession listed = get(sessions.findByPrincipalName("ada")).get(session.getId());
        assertThat(listed).isNotNull();
        assertThat(listed.getAttributeNames()).containsExactly("fine");
        run(sessions.deleteById(listed.getId()));
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isZero();
    }

    @Test
    void rows_thatAreNotAsTheyShouldBe_areNoSessions() {
        for (String column : List.of("CREATION_TIME", "LAST_ACCESS_TIME", "MAX_INACTIVE_INTERVAL")) {
            SqliteSession session = store.saved();
            store.sql("UPDATE SPRING_SESSION SET " + column + " = 'soon' WHERE SESSION_ID = ?1", session.getId());
            assertThat(store.isThere(session)).as(column).isFalse();
        }
        assertThat(logged).noneMatch(line -> line.contains("soon"));
    }
}
