package rillite.r2dbc.spring;

import org.springframework.data.domain.Pageable;
import org.springframework.data.r2dbc.repository.Modifying;
import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.r2dbc.repository.R2dbcRepository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

interface People extends R2dbcRepository<Person, Long> {
    Flux<Person> findByActiveOrderByName(boolean active);

    Flux<Person> findAllBy(Pageable page);

    Flux<Person> findByNameContaining(String part);

    Mono<Long> countByActive(boolean active);

    Mono<Boolean> existsByEmail(String email);

    @Query("SELECT * FROM person WHERE email = :email")
    Mono<Person> byEmail(String email);

    @Query("SELECT * FROM person WHERE name LIKE :pattern ESCAPE '\\'")
    Flux<Person> nameLike(String pattern);

    @Modifying
    @Query("UPDATE person SET active = :active WHERE id > :id")
    Mono<Long> setActiveAbove(boolean active, long id);
}
