/** What tests of every module need to stand on a real API server. */
package io.keyfront.crds.testing;
