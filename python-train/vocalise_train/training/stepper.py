"""One step of training: a batch, the losses, the updates."""

import copy
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from vocalise_train.data.batches import Batch, Drawn, Sampler, to_batch
from vocalise_train.losses.adversarial import GAMES, discriminator_loss, generator_losses
from vocalise_train.training import optimisation
from vocalise_train.training.config import Config
from vocalise_train.training.objective import Objective, adversarial_weight
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
        self.game = GAMES[config.adversarial.loss]

    def step(self) -> StepResult:
        """Makes one step; counts it even where it changes nothing."""
        state = self.state
        self._set_rates()
        begin = time.perf_counter()
        drawn = self._draw()
        drawing = time.perf_counter() - begin
        batch = to_batch(drawn, self.config.spec, self.device)
        fake = self.objective.form(state.generator(batch.mel))
        losses = self.objective.losses(fake, batch)
        total = self.objective.total(losses)
        finite = True
        weight = adversarial_weight(self.config, state.step)
        if weight:
            finite = self._discriminate(fake, batch, losses)
            total = total + weight * self._persuade(fake, batch, losses)
        norm, changed = self._update(
            total, state.generator, state.optimiser, self.config.optimiser.clip
        )
        state.step += 1
        if changed and state.average:
            state.average.follow(state.generator, state.step)
        losses = {name: value.detach() for name, value in losses.items()}
        losses["total"] = total.detach()
        return StepResult(losses, norm, finite and changed, drawing)

    def adversarial_seconds(self) -> float:
        """How long discriminators would take each step, tried on copies that are thrown away."""
        batch = to_batch(self._draw(), self.config.spec, self.device)
        real = self.objective.target(batch)
        fake = real.clone().requires_grad_()
        trial = copy.deepcopy(self.state.discriminators)
        begin = time.perf_counter()
        with self._reduced():
            discriminator_loss(trial, real, fake, self.game).backward()
            sum(generator_losses(trial, real, fake, self.game)).backward()
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        return time.perf_counter() - begin

    def _discriminate(self, fake: Tensor, batch: Batch, losses: dict[str, Tensor]) -> bool:
        """Trains the discriminators; whether their gradient was finite."""
        state, adversarial = self.state, self.config.adversarial
        with self._reduced():
            loss = discriminator_loss(
                state.discriminators, self.objective.target(batch), fake, self.game
            )
        losses["discriminator"] = loss
        _, finite = self._update(
            loss,
            state.discriminators,
            state.discriminator_optimiser,
            adversarial.optimiser.clip,
        )
        return finite

    def _persuade(self, fake: Tensor, batch: Batch, losses: dict[str, Tensor]) -> Tensor:
        """What the generator loses to the discriminators, weighted."""
        weights = self.config.losses
        with self._reduced():
            adversarial, matching = generator_losses(
                self.state.discriminators, self.objective.target(batch), fake, self.game
            )
        losses["adversarial"], losses["feature_matching"] = adversarial, matching
        return weights.adversarial * adversarial + weights.feature_matching * matching

    def _reduced(self) -> AbstractContextManager[None]:
        """The precision of the trunks."""
        dtype = self.state.generator.trunk_dtype
        return torch.autocast(self.device.type, dtype, enabled=dtype is not None)

    def _draw(self) -> Drawn:
        size = self.config.batch_size
        return self.sampler.draw(self.state.step, self.processes.rank * size, size, self.state.life)

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
        if state.discriminators:
            adversarial = config.adversarial
            begin = adversarial.start
            rate = optimisation.learning_rate(
                adversarial.optimiser, max(0, state.step - begin), max(1, config.steps - begin)
            )
            optimisation.set_rate(state.discriminator_optimiser, rate * slower)
