"""Several processes that train one model, as torchrun starts them; one alone is the usual case."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor, nn


@dataclass(frozen=True)
class Processes:
    """How many train together and which one this is.

    Gradients are averaged with one message for all of them, once a network's are complete: sums
    and clipping see what a single process with the whole batch would.
    """

    rank: int = 0
    count: int = 1

    @classmethod
    def from_environment(cls, device: torch.device) -> "Processes":
        """Joins the others that ``torchrun`` started."""
        count = int(os.environ.get("WORLD_SIZE", "1"))
        if count == 1:
            return cls()
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
        return cls(dist.get_rank(), count)

    @property
    def first(self) -> bool:
        """Whether this one writes the run's files."""
        return self.rank == 0

    def average(self, tensors: Iterable[Tensor]) -> None:
        """Replaces tensors by their means over all processes."""
        if self.count == 1:
            return
        tensors = list(tensors)
        flat = torch.cat([t.reshape(-1) for t in tensors])
        dist.all_reduce(flat)
        flat /= self.count
        for tensor, part in zip(tensors, flat.split([t.numel() for t in tensors]), strict=True):
            tensor.copy_(part.view_as(tensor))

    def average_gradients(self, network: nn.Module) -> None:
        self.average(p.grad for p in network.parameters() if p.grad is not None)

    def any(self, flag: bool, device: torch.device) -> bool:
        """Whether the flag is up in one of them."""
        if self.count == 1:
            return flag
        raised = torch.tensor(float(flag), device=device)
        dist.all_reduce(raised, dist.ReduceOp.MAX)
        return bool(raised)

    def close(self) -> None:
        if self.count > 1:
            dist.destroy_process_group()
