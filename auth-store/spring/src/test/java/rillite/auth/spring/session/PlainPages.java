package rillite.auth.spring.session;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;
import static org.springframework.web.reactive.function.server.ServerResponse.ok;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.WebHandler;

/** Pages that use a session. */
@Configuration(proxyBeanMethods = false)
class PlainPages {

    @Bean
    WebHandler webHandler() {
        return RouterFunctions.toWebHandler(route(GET("/hello"), request -> ok().bodyValue("hello"))
                .andRoute(
                        GET("/put/{name}/{value}"),
                        request -> request.session().flatMap(session -> {
                            session.getAttributes().put(request.pathVariable("name"), request.pathVariable("value"));
                            return ok().bodyValue("put");
                        }))
                .andRoute(
                        GET("/get/{name}"),
                        request -> request.session()
                                .flatMap(session -> ok().bodyValue(String.valueOf(
                                        session.<Object>getAttribute(request.pathVariable("name"))))))
                .andRoute(
                        GET("/rename"),
                        request -> request.session()
                                .flatMap(session -> session.changeSessionId().then(ok().bodyValue("renamed"))))
                .andRoute(
                        GET("/end"),
                        request -> request.session()
                                .flatMap(session -> session.invalidate().then(ok().bodyValue("ended")))));
    }
}
