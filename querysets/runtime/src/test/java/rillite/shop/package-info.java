@NullMarked
package rillite.shop;

import org.jspecify.annotations.NullMarked;
