"""Generators of the Vocalise singing vocoder in PyTorch, and their export to ONNX."""

__version__ = "0.1.0"
