"""Several processes that train one model, as torchrun starts them; one alone is the usual case."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor, nn

from vocalise_train.training.checkpoints import Saved


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

    def of_first(self, saved: Saved | None, device: torch.device) -> Saved | None:
        """The first one's checkpoint, since the others may sit at machines that don't have it."""
        if self.count == 1:
            return saved
        head = self._send(_head(saved) if self.first else None, device)
        fields = json.loads(bytes(head.tolist()))
        if fields is None:
            return None
        tensors = {}
        for name, dtype, shape in fields.pop("tensors"):
            mine = saved.tensors[name] if self.first and saved else None
            sent = self._send(None if mine is None else _bytes(mine), device)
            tensors[name] = sent.view(getattr(torch, dtype)).reshape(shape)
        return Saved(tensors=tensors, **fields)

    def _send(self, content: Tensor | None, device: torch.device) -> Tensor:
        """Bytes of the first one for all of them."""
        length = torch.tensor(0 if content is None else content.numel(), device=device)
        dist.broadcast(length, 0)
        if content is None:
            content = torch.empty(int(length), dtype=torch.uint8)
        content = content.to(device)
        dist.broadcast(content, 0)
        return content.cpu()

    def close(self) -> None:
        if self.count > 1:
            dist.destroy_process_group()


def _head(saved: Saved | None) -> Tensor:
    fields = None
    if saved:
        tensors = saved.tensors.items()
        shapes = [[name, str(t.dtype).removeprefix("torch."), t.shape] for name, t in tensors]
        fields = {**vars(saved), "tensors": shapes}
    return torch.frombuffer(bytearray(json.dumps(fields).encode()), dtype=torch.uint8)


def _bytes(tensor: Tensor) -> Tensor:
    return tensor.contiguous().reshape(-1).view(torch.uint8)
