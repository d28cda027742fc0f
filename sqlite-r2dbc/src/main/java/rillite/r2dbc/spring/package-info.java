/** What Spring finds by itself through {@code META-INF/spring.factories}: bind markers and the Spring Data dialect. */
@NullMarked
package rillite.r2dbc.spring;

import org.jspecify.annotations.NullMarked;
