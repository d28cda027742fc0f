/** What the driver promises when things go wrong: other processes, kills, cancels, full disks, close under load. */
@NullMarked
package rillite.r2dbc.reliability;

import org.jspecify.annotations.NullMarked;
