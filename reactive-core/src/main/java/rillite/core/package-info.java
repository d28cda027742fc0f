@NullMarked
package rillite.core;

import org.jspecify.annotations.NullMarked;
