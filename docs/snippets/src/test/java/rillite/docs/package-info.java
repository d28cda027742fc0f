/** What the documentation shows, compiled and run; and the tests that hold pages and code together. */
@NullMarked
package rillite.docs;

import org.jspecify.annotations.NullMarked;
