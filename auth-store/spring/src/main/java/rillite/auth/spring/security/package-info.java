/** The contracts of Spring Security, kept by an {@link rillite.auth.AuthStore}. */
@NullMarked
package rillite.auth.spring.security;

import org.jspecify.annotations.NullMarked;
