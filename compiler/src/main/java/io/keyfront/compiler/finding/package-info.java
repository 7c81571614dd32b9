/** What is wrong with resources, said so that a person can put it right. */
@NullMarked
package io.keyfront.compiler.finding;

import org.jspecify.annotations.NullMarked;
