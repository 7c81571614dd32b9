/** The provider catalog: who speaks which protocol, at which address. */
@NullMarked
package io.keyfront.core.provider;

import org.jspecify.annotations.NullMarked;
