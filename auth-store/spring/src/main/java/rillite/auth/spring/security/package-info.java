/**
 * The contracts of Spring Security, kept by an {@link rillite.auth.AuthStore}. A WebFlux program declares what it uses:
 *
 * <pre>{@code
 * @Bean
 * ReactiveAuthenticationManager passwords(AuthStore store) {
 *     return new AuthStoreReactiveAuthenticationManager(store);
 * }
 *
 * @Bean
 * SecurityWebFilterChain security(ServerHttpSecurity http, AuthStore store) {
 *     return http.securityContextRepository(new AuthStoreServerSecurityContextRepository(store))
 *             .authorizeExchange(pages -> pages.pathMatchers("/admin/**").hasRole("admin")
 *                     .anyExchange().authenticated())
 *             .formLogin(withDefaults())
 *             .build();
 * }
 * }</pre>
 *
 * <p>That is sign-in, sign-out, remembering, protection against fixation, and sessions that end from elsewhere. What else there is:
 *
 * <ul>
 *   <li>{@link rillite.auth.spring.security.SessionCookie} and {@link rillite.auth.spring.security.Remember}: how the cookie is;
 *       {@link rillite.auth.spring.security.SessionCookie#withoutTls} while there is no TLS
 *   <li>{@link rillite.auth.spring.security.AuthStoreUser}: the principal
 *   <li>{@link rillite.auth.spring.security.AuthStoreReactiveUserDetailsService} and {@link
 *       rillite.auth.spring.security.AuthStoreReactiveOneTimeTokenService}: two beans for {@code oneTimeTokenLogin}
 *   <li>{@link rillite.auth.spring.security.AuthStoreReactiveOAuth2AuthorizedClientService}: one bean for {@code oauth2Login} and
 *       {@code oauth2Client}
 *   <li>{@link rillite.auth.spring.security.BlockingPasskeyRepositories}: passkeys, off the event loops
 * </ul>
 *
 * <p>Everything is cold, and safe to share. Signals arrive on threads of the database or of the password hashing. A cancel before a
 * statement is sent leaves nothing done; after that it ran or it did not. Errors are those of Spring Security where a sign-in is
 * refused, and those of the store and the driver where it fails.
 */
@NullMarked
package rillite.auth.spring.security;

import org.jspecify.annotations.NullMarked;
