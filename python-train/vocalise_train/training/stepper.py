"""One step of training: a batch, the losses, the updates."""

import time
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from vocalise_train.data.batches import Batch, Sampler, to_batch
from vocalise_train.training import optimisation
from vocalise_train.training.config import Config
from vocalise_train.training.objective import Objective
from vocalise_train.training.processes import Processes
from vocalise_train.training.state import TrainingState


@dataclass(frozen=True)
class StepResult:
    """What a step did.

    Attributes:
        losses: by name, each a number on the device.
        gradient_norm: of the generator, before clipping.
        finite: whether weights were changed; a step that is not finite changes none.
        drawing_seconds: time that drawing the batch took.
    """

    losses: dict[str, Tensor]
    gradient_norm: Tensor
    finite: bool
    drawing_seconds: float


class Stepper:
    """Carries a state from one step to the next."""

    def __init__(
        self,
        state: TrainingState,
        sampler: Sampler,
        objective: Objective,
        config: Config,
        processes: Processes,
        device: torch.device,
    ) -> None:
        self.state = state
        self.sampler = sampler
        self.objective = objective
        self.config = config
        self.processes = processes
        self.device = device

    def step(self) -> StepResult:
        """Makes one step; counts it even where it changes nothing."""
        state = self.state
        self._set_rates()
        begin = time.perf_counter()
        batch = self._batch()
        drawing = time.perf_counter() - begin
        fake = self.objective.form(state.generator(batch.mel))
        losses = self.objective.losses(fake, batch)
        total = self.objective.total(losses)
        norm, finite = self._update(
            total, state.generator, state.optimiser, self.config.optimiser.clip
        )
        state.step += 1
        if finite and state.average:
            state.average.follow(state.generator, state.step)
        losses = {name: value.detach() for name, value in losses.items()}
        losses["total"] = total.detach()
        return StepResult(losses, norm, finite, drawing)

    def _batch(self) -> Batch:
        size = self.config.batch_size
        wave = self.sampler.draw(self.state.step, self.processes.rank * size, size, self.state.life)
        return to_batch(wave.to(self.device), self.config.spec)

    def _update(
        self, loss: Tensor, network: nn.Module, optim: torch.optim.Optimizer, clip: float
    ) -> tuple[Tensor, bool]:
        optim.zero_grad(set_to_none=True)
        loss.backward()
        self.processes.average_gradients(network)
        norm = nn.utils.clip_grad_norm_(network.parameters(), clip or float("inf"))
        # The norm of averaged gradients is the same in all processes, and so is the decision.
        finite = bool(torch.isfinite(norm))
        if finite:
            optim.step()
        return norm.detach(), finite

    def _set_rates(self) -> None:
        state, config = self.state, self.config
        slower = config.guard.slow_down**state.life
        rate = optimisation.learning_rate(config.optimiser, state.step, config.steps)
        optimisation.set_rate(state.optimiser, rate * slower)
