"""Generators of the Vocalise singing vocoder in PyTorch, and their export to ONNX."""

import os

# Since 1.29 ONNX Runtime sends names and hashes of models to its makers, on Linux too; it asks this
# when it is first imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

__version__ = "0.1.0"
