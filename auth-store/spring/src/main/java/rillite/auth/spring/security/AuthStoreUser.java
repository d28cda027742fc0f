package rillite.auth.spring.security;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import rillite.auth.ActiveSession;
import rillite.auth.Login;
import rillite.auth.PasswordResult;
import rillite.auth.Secret;
import rillite.auth.SessionId;
import rillite.auth.User;
import rillite.auth.UserId;

/**
 * Who is signed in: the principal. Its name, by which Spring keys things, is the id of the user: an e-mail address may pass to
 * somebody else, an id does not. Take it as {@code @AuthenticationPrincipal AuthStoreUser}.
 *
 * <p>Roles are authorities with {@code ROLE_} before them, permissions are authorities as they are.
 */
public final class AuthStoreUser implements UserDetails, CredentialsContainer {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final @Nullable String email;
    private final @Nullable String displayName;
    private final boolean enabled;
    private final LinkedHashSet<GrantedAuthority> authorities;
    private final @Nullable String session;
    private final int level;

    /** The hash; never serialized. */
    private transient @Nullable String password;

    /** What a new session is bound to; not kept where principals are serialized, which then begin none. */
    private final transient PasswordResult.@Nullable Ok shown;

    private AuthStoreUser(
            User user,
            Set<GrantedAuthority> authorities,
            @Nullable ActiveSession session,
            @Nullable Secret hash,
            PasswordResult.@Nullable Ok shown) {
        id = user.id().value();
        email = user.email();
        displayName = user.name();
        enabled = !user.isDisabled();
        this.authorities = new LinkedHashSet<>(authorities);
        this.session = session == null ? null : session.id().value();
        level = session == null ? 1 : session.level();
        password = hash == null ? null : hash.expose();
        this.shown = shown;
    }

    /** Who has shown a password just now. */
    static AuthStoreUser shown(Login login, PasswordResult.Ok shown) {
        return new AuthStoreUser(login.user(), Authorities.of(login.roles(), login.permissions()), null, null, shown);
    }

    /** Who is looked up, with that hash. */
    static AuthStoreUser found(Login login, @Nullable Secret hash) {
        return new AuthStoreUser(
                login.user(),
                Authorities.of(login.roles(), login.permissions()),
                null,
                hash,
                new PasswordResult.Ok(login.user(), login.epoch()));
    }

    /** Who comes with a session. */
    static AuthStoreUser active(ActiveSession session, Set<String> permissions) {
        return new AuthStoreUser(session.user(), Authorities.of(session.roles(), permissions), session, null, null);
    }

    /** Names the user. */
    public UserId id() {
        return new UserId(id);
    }

    /** Their address, if they have one; it may not be proven. */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    /** How they are called, if that is known. */
    public Optional<String> displayName() {
        return Optional.ofNullable(displayName);
    }

    /** The session they came with; empty in the request that signs in. */
    public Optional<SessionId> session() {
        return Optional.ofNullable(session).map(SessionId::new);
    }

    /** How many factors they have shown in that session. */
    public int level() {
        return level;
    }

    PasswordResult.@Nullable Ok shown() {
        return shown;
    }

    /** The id of the user. */
    @Override
    public String getUsername() {
        return id;
    }

    /** The hash, only where a user was looked up for a check and until it is erased. In no JSON, and not serialized. */
    @Override
    @JsonIgnore
    public @Nullable String getPassword() {
        return password;
    }

    @Override
    public Set<GrantedAuthority> getAuthorities() {
        return Set.copyOf(authorities);
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void eraseCredentials() {
        password = null;
    }

    /** Whether it is the same user. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuthStoreUser user && user.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "AuthStoreUser[" + id + "]";
    }
}
