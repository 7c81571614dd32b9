/** From findings and what proxies run to conditions: pure. */
@NullMarked
package io.keyfront.operator.report;

import org.jspecify.annotations.NullMarked;
