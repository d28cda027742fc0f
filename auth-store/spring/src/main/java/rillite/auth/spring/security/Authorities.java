package rillite.auth.spring.security;

import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What Spring grants for roles and permissions. */
final class Authorities {

    private static final String ROLE = "ROLE_";
    private static final String FACTOR = "FACTOR_";

    private Authorities() {}

    static Set<GrantedAuthority> of(Set<String> roles, Set<String> permissions) {
        Set<GrantedAuthority> granted = new LinkedHashSet<>();
        roles.forEach(role -> granted.add(new SimpleGrantedAuthority(ROLE + role)));
        permissions.stream()
                // A permission must not pass for a role, nor for a factor that was shown.
                .filter(permission -> !permission.startsWith(ROLE) && !permission.startsWith(FACTOR))
                .forEach(permission -> granted.add(new SimpleGrantedAuthority(permission)));
        return granted;
    }
}
