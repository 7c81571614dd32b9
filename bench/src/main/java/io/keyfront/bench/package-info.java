/** What Keyfront is measured against and with: see docs/benchmarks.md. */
@NullMarked
package io.keyfront.bench;

import org.jspecify.annotations.NullMarked;
