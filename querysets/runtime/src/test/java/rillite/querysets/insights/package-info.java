@NullMarked
package rillite.querysets.insights;

import org.jspecify.annotations.NullMarked;
