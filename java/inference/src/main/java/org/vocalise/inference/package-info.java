/** Neural vocoders and pitch trackers: ONNX files, and what runs them. */
@NullMarked
package org.vocalise.inference;

import org.jspecify.annotations.NullMarked;
