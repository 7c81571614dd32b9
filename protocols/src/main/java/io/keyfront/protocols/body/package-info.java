/** Request bodies: a streaming scan for the few fields that matter, and edits as splices. */
@NullMarked
package io.keyfront.protocols.body;

import org.jspecify.annotations.NullMarked;
