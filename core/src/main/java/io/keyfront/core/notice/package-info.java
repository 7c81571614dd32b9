/**
 * What administrators are told by webhook: which events there are, when, and how they are signed.
 */
@NullMarked
package io.keyfront.core.notice;

import org.jspecify.annotations.NullMarked;
