"""From a PyTorch module to a checked ONNX model, and its run in ONNX Runtime."""

import io
import os
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

OPSET = 17
"""The first with LayerNormalization as one operator; ONNX Runtime reads it since 1.12."""


def trace(
    module: nn.Module,
    example: Tensor,
    inputs: dict[str, dict[int, str]],
    outputs: dict[str, dict[int, str]],
) -> onnx.ModelProto:
    """Traces ``module`` and checks the result.

    Args:
        module: in evaluation mode.
        example: an input of the right shape.
        inputs: the input's name and the names of its dynamic axes.
        outputs: the same for each output.
    """
    buffer = io.BytesIO()
    # The newer exporter (dynamo) needs two more packages, and names nodes by their position in a
    # trace; this one writes the same bytes every time.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        # It builds paddings from slices that it then can't fold; ONNX Runtime folds them.
        warnings.filterwarnings("ignore", "Constant folding", UserWarning)
        torch.onnx.export(
            module,
            (example,),
            buffer,
            dynamo=False,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**inputs, **outputs},
        )
    model = onnx.load_from_string(buffer.getvalue())
    onnx.checker.check_model(model, full_check=True)
    return model


def session(model: onnx.ModelProto, threads: int = 1) -> onnxruntime.InferenceSession:
    """A session on the CPU with the options that Java uses."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def run(model: onnx.ModelProto, values: np.ndarray) -> Sequence[np.ndarray]:
    """The outputs of a model with one input."""
    runtime = session(model)
    return runtime.run(None, {runtime.get_inputs()[0].name: values})


def save(model: onnx.ModelProto, path: Path) -> None:
    """Writes the file under a temporary name, then renames it."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(model.SerializeToString(deterministic=True))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
