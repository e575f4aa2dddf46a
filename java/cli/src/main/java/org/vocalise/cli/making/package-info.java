/** Making ONNX files of published weights: fetching, and converting by the Python package. */
@NullMarked
package org.vocalise.cli.making;

import org.jspecify.annotations.NullMarked;
