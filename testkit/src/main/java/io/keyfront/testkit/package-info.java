/** Fakes with a bill of their own, fault injectors, a manual clock, golden files. */
@NullMarked
package io.keyfront.testkit;

import org.jspecify.annotations.NullMarked;
