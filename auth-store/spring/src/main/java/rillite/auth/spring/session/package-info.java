/** Sessions of Spring Session in tables of their own. */
@NullMarked
package rillite.auth.spring.session;

import org.jspecify.annotations.NullMarked;
