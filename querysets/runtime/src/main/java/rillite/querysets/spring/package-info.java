/** Queries in the transactions of Spring; needs spring-r2dbc, which is an optional dependency. */
@NullMarked
package rillite.querysets.spring;

import org.jspecify.annotations.NullMarked;
