/** What the tests of several modules share: generators, oracles, broken disks. */
@NullMarked
package dev.logdash.core.kit;

import org.jspecify.annotations.NullMarked;
