/** The store behind Spring Security and Spring Session. */
@NullMarked
package rillite.auth.spring;

import org.jspecify.annotations.NullMarked;
