/** Runs handed to a cluster: what Kubernetes is told. */
@NullMarked
package org.vocalise.training.cluster;

import org.jspecify.annotations.NullMarked;
