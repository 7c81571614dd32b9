/** Tests of the chart and of the samples as a cluster sees them. */
@NullMarked
package io.keyfront.charts;

import org.jspecify.annotations.NullMarked;
