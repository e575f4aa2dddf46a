"""The training loop: from folders of recordings to checkpoints and ONNX snapshots."""
