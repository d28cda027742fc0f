package rillite.auth.spring.session;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;
import static org.springframework.web.reactive.function.server.ServerResponse.ok;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.SessionLimit;
import org.springframework.session.config.annotation.web.server.EnableSpringWebSession;
import org.springframework.session.security.SpringSessionBackedReactiveSessionRegistry;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebHandler;

/** Pages behind a form to sign in; nobody has more than two sessions. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableSpringWebSession
class SecuredSite {

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
        return http.authorizeExchange(exchange -> exchange.pathMatchers("/open/**")
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .formLogin(Customizer.withDefaults())
                .logout(Customizer.withDefaults())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .sessionManagement(
                        sessions -> sessions.concurrentSessions(limit -> limit.maximumSessions(SessionLimit.of(2))))
                .build();
    }

    @Bean
    ReactiveSessionRegistry registry(SqliteReactiveSessionRepository sessions) {
        return new SpringSessionBackedReactiveSessionRegistry<>(sessions, sessions);
    }

    @Bean
    MapReactiveUserDetailsService users() {
        return new MapReactiveUserDetailsService(user("ada"), user("bob"));
    }

    private static UserDetails user(String name) {
        return User.withUsername(name).password("{noop}password").roles("USER").build();
    }

    @Bean
    WebHandler webHandler(ReactiveSessionRegistry registry) {
        RouterFunction<ServerResponse> pages = route(
                        GET("/open/put/{value}"),
                        request -> request.session().flatMap(session -> {
                            session.getAttributes().put("value", request.pathVariable("value"));
                            return ok().bodyValue("put");
                        }))
                .andRoute(
                        GET("/open/get"),
                        request -> request.session()
                                .flatMap(session ->
                                        ok().bodyValue(String.valueOf(session.<Object>getAttribute("value")))))
                .andRoute(GET("/me"), request -> request.principal().flatMap(me -> ok().bodyValue(me.getName())))
                .andRoute(
                        GET("/end-others"),
                        request -> request.session()
                                .flatMap(own -> request.principal()
                                        .flatMapMany(me -> registry.getAllSessions(me.getName()))
                                        .filter(session ->
                                                !session.getSessionId().equals(own.getId()))
                                        .flatMap(session -> session.invalidate().thenReturn(session.getSessionId()))
                                        .count()
                                        .flatMap(ended -> ok().bodyValue(String.valueOf(ended)))));
        return RouterFunctions.toWebHandler(pages);
    }
}
