"""Which processor trains, and in which precision."""

import os

import torch

from vocalise_train.models.generator import Generator
from vocalise_train.training.config import Config


def device_of(config: Config) -> torch.device:
    """The device that a run asks for.

    Raises:
        ValueError: it is unknown or not there.
    """
    if config.device == "auto":
        if not torch.cuda.is_available():
            return torch.device("cpu")
        return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
    try:
        device = torch.device(config.device)
    except RuntimeError:
        raise ValueError(f"device is {config.device!r}, not auto, cpu or cuda:N") from None
    if device.type not in ("cpu", "cuda"):
        raise ValueError(f"device is {config.device!r}, not auto, cpu or cuda:N")
    if device.type == "cuda" and not torch.cuda.is_available():
        raise ValueError(
            f"device is {config.device}, but PyTorch finds no CUDA here; auto takes what there is"
        )
    return device


def precision_of(config: Config, device: torch.device) -> str:
    """``fp32``, ``tf32`` or ``bf16``: what ``auto`` means on this processor."""
    if config.precision != "auto":
        if config.precision == "tf32" and device.type == "cpu":
            raise ValueError("precision is tf32, which only CUDA has; on the CPU say fp32 or bf16")
        return config.precision
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "tf32"
    # Emulated, bf16 takes three times as long as fp32.
    return "bf16" if torch.cpu._is_avx512_bf16_supported() else "fp32"


def set_precision(precision: str, generator: Generator) -> None:
    """Makes the trunk compute in ``bf16``, or CUDA's matrix products in ``tf32``."""
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.allow_tf32 = precision == "tf32"
    generator.trunk_dtype = torch.bfloat16 if precision == "bf16" else None
