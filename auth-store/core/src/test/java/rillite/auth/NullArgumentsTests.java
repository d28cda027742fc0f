package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import rillite.auth.authjs.AdapterAccount;
import rillite.auth.authjs.AdapterAuthenticator;
import rillite.auth.authjs.AdapterSession;
import rillite.auth.authjs.AdapterUser;
import rillite.auth.authjs.AdapterUserPatch;
import rillite.auth.authjs.AuthJsAdapter;
import rillite.auth.authjs.VerificationToken;
import rillite.querysets.Database;

/** A null where none may be is told at once, by the name of the parameter, and the same in all parts of the store. */
final class NullArgumentsTests extends StoreTests {

    private static final List<Class<?>> VALUES = List.of(
            AuthOptions.class,
            NewUser.class,
            UserPatch.class,
            ExternalIdentity.class,
            OAuthTokens.class,
            SessionRequest.class,
            AuditEvent.class,
            Page.class,
            Purpose.class,
            UserId.class,
            SessionId.class,
            AccountId.class,
            Secret.class,
            Passkey.class,
            Passkey.Details.class,
            PasswordResult.Ok.class,
            Throttle.Limit.class);

    private final UserId user = new UserId("user-1");
    private final User ada = new User(user, "ada@example.org", null, null, null, null, Instant.EPOCH, Instant.EPOCH);
    private final Passkey passkey = new Passkey(
            new byte[] {1},
            user,
            new byte[] {1},
            new byte[] {1},
            new Passkey.State(0, false, false, false),
            Passkey.Details.of("phone"));

    private Object sample(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return samples().entrySet().stream()
                .filter(known -> type.equals(known.getKey()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of " + type))
                .getValue();
    }

    private Map<Class<?>, Object> samples() {
        return Map.ofEntries(
                Map.entry(String.class, "text"),
                Map.entry(CharSequence.class, "correct horse"),
                Map.entry(Object.class, "text"),
                Map.entry(int.class, 1),
                Map.entry(long.class, 1L),
                Map.entry(boolean.class, true),
                Map.entry(byte[].class, new byte[] {1, 2, 3}),
                Map.entry(Instant.class, Instant.EPOCH),
                Map.entry(Duration.class, Duration.ofMinutes(1)),
                Map.entry(Clock.class, store.clock),
                Map.entry(Map.class, Map.of()),
                Map.entry(Set.class, Set.of()),
                Map.entry(Function.class, (Function<AuthStore, Mono<String>>) inside -> Mono.empty()),
                Map.entry(Database.class, store.db),
                Map.entry(AuthOptions.class, AuthOptions.defaults()),
                Map.entry(User.class, ada),
                Map.entry(UserId.class, user),
                Map.entry(SessionId.class, new SessionId("session-1")),
                Map.entry(AccountId.class, new AccountId("account-1")),
                Map.entry(Secret.class, Secret.of("secret")),
                Map.entry(NewUser.class, NewUser.anonymous()),
                Map.entry(UserPatch.class, UserPatch.none()),
                Map.entry(SessionRequest.class, SessionRequest.none()),
                Map.entry(PasswordResult.Ok.class, new PasswordResult.Ok(ada, 0)),
                Map.entry(ExternalIdentity.class, ExternalIdentity.of("provider", "account-1")),
                Map.entry(OAuthTokens.class, OAuthTokens.of(Secret.of("access"))),
                Map.entry(Purpose.class, Purpose.MAGIC_LINK),
                Map.entry(AuditEvent.class, AuditEvent.of("event", user)),
                Map.entry(Page.class, Page.of(1)),
                Map.entry(Passkey.class, passkey),
                Map.entry(AdapterUser.class, AdapterUser.of("ada@example.org")),
                Map.entry(AdapterUserPatch.class, AdapterUserPatch.of("user-1")),
                Map.entry(AdapterAccount.class, AdapterAccount.of("user-1", "oauth", "provider", "account-1")),
                Map.entry(AdapterSession.class, new AdapterSession(Secret.of("token"), "user-1", Instant.EPOCH)),
                Map.entry(
                        VerificationToken.class,
                        new VerificationToken("ada@example.org", Secret.of("hash"), Instant.EPOCH)),
                Map.entry(
                        AdapterAuthenticator.class,
                        new AdapterAuthenticator("id", "user-1", "account-1", "key", 0, "singleDevice", false, null)),
                Map.entry(Passkey.State.class, passkey.state()),
                Map.entry(Passkey.Details.class, passkey.details()),
                Map.entry(Throttle.Limit.class, new Throttle.Limit(2, Duration.ofMinutes(1), Duration.ofMinutes(1))));
    }

    private static boolean mayBeNull(Executable call, int place) {
        Parameter parameter = call.getParameters()[place];
        return parameter.getType().isPrimitive() || type(call, place).isAnnotationPresent(Nullable.class);
    }

    /** The compiler drops the mark of an array from the canonical constructor of a record; its accessor has it. */
    private static AnnotatedType type(Executable call, int place) {
        RecordComponent[] components = call.getDeclaringClass().getRecordComponents();
        return call instanceof Constructor<?> && components != null && components.length == call.getParameterCount()
                ? components[place].getAccessor().getAnnotatedReturnType()
                : call.getParameters()[place].getAnnotatedType();
    }

    private static Throwable thrown(Executable call, @Nullable Object target, @Nullable Object[] arguments) {
        return catchThrowable(() -> {
            try {
                if (call instanceof Method method) {
                    method.invoke(target, arguments);
                } else {
                    ((Constructor<?>) call).newInstance(arguments);
                }
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** Calls it once for each of its parameters that must not be null, with null. Gives how many there were. */
    private int check(Executable call, @Nullable Object target, boolean byName) {
        Parameter[] parameters = call.getParameters();
        int checked = 0;
        for (int i = 0; i < parameters.length; i++) {
            if (!mayBeNull(call, i)) {
                @Nullable Object[] arguments = new @Nullable Object[parameters.length];
                for (int j = 0; j < parameters.length; j++) {
                    arguments[j] = j == i ? null : sample(parameters[j].getType());
                }
                assertThat(thrown(call, target, arguments))
                        .as(call + ": " + parameters[i].getName())
                        .isInstanceOf(NullPointerException.class)
                        .hasMessageEndingWith(
                                byName ? parameters[i].getName() + " must not be null" : " must not be null");
                checked++;
            }
        }
        return checked;
    }

    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && !method.isSynthetic()
                    && !method.getName().equals("equals")) {
                methods.add(method);
            }
        }
        return methods;
    }

    @Test
    void parts_givenNull_nameTheParameter() throws Exception {
        int checked = 0;
        for (Method part : methods(AuthStore.class)) {
            checked += check(part, auth, true);
            if (part.getReturnType().getPackage() == AuthStore.class.getPackage() && part.getParameterCount() == 0) {
                Object instance = part.invoke(auth);
                for (Method method : methods(part.getReturnType())) {
                    checked += check(method, instance, true);
                }
            }
        }
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void adapterOfAuthJs_givenNull_namesTheParameter() {
        AuthJsAdapter adapter = AuthJsAdapter.drizzle(store.db);
        int checked = 0;
        for (Method method : methods(AuthJsAdapter.class)) {
            checked += check(method, Modifier.isStatic(method.getModifiers()) ? null : adapter, true);
        }
        assertThat(checked).isGreaterThan(30);
    }

    @Test
    void values_givenNull_sayWhatIsMissing() {
        for (Class<?> type : VALUES) {
            for (Executable constructor : type.getConstructors()) {
                check(constructor, null, false);
            }
            for (Method method : methods(type)) {
                check(method, Modifier.isStatic(method.getModifiers()) ? null : sample(type), false);
            }
        }
    }

    @Test
    void login_thatIsNull_isNoWrongPassword() {
        assertThatNullPointerException()
                .isThrownBy(() -> auth.passwords().verify(nothing(), "correct horse"))
                .withMessage("login must not be null");
    }

    /** What code gives that was compiled without a checker. */
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    private static String nothing() {
        return null;
    }
}
