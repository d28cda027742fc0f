@NullMarked
package rillite.querysets.advice;

import org.jspecify.annotations.NullMarked;
