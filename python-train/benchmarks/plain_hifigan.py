"""HiFi-GAN's training step written down plainly, to measure ours against.

The networks, losses and order of work of the paper and of its authors' code, without any thought of
speed: real and made sound pass the discriminators one after the other, in the generator's turn too,
where gradients of the discriminators' weights and of their real features are computed and dropped;
convolutions of period discriminators are (5, 1); norms are PyTorch's older hooks.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm, weight_norm

from vocalise_train.mel import HIFIGAN, filter_bank

MEL_WEIGHT = 45


class ResBlock(nn.Module):
    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()

        def conv(dilation: int) -> nn.Module:
            padding = dilation * (kernel - 1) // 2
            return weight_norm(nn.Conv1d(channels, channels, kernel, 1, padding, dilation))

        self.convs1 = nn.ModuleList(conv(d) for d in (1, 3, 5))
        self.convs2 = nn.ModuleList(conv(1) for _ in range(3))

    def forward(self, x: Tensor) -> Tensor:
        for first, second in zip(self.convs1, self.convs2, strict=True):
            y = first(F.leaky_relu(x, 0.1))
            x = second(F.leaky_relu(y, 0.1)) + x
        return x


class PlainGenerator(nn.Module):
    """V1."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_pre = weight_norm(nn.Conv1d(80, 512, 7, padding=3))
        self.ups = nn.ModuleList()
        self.resblocks = nn.ModuleList()
        for i, (rate, kernel) in enumerate(((8, 16), (8, 16), (2, 4), (2, 4))):
            channels = 512 // 2 ** (i + 1)
            up = nn.ConvTranspose1d(2 * channels, channels, kernel, rate, (kernel - rate) // 2)
            self.ups.append(weight_norm(up))
            self.resblocks.extend(ResBlock(channels, size) for size in (3, 7, 11))
        self.conv_post = weight_norm(nn.Conv1d(32, 1, 7, padding=3))

    def forward(self, ln_mel: Tensor) -> Tensor:
        x = self.conv_pre(ln_mel)
        for i, up in enumerate(self.ups):
            x = up(F.leaky_relu(x, 0.1))
            x = sum(block(x) for block in self.resblocks[3 * i : 3 * i + 3]) / 3
        return torch.tanh(self.conv_post(F.leaky_relu(x)))


class PlainPeriod(nn.Module):
    def __init__(self, period: int) -> None:
        super().__init__()
        self.period = period
        sizes = (1, 32, 128, 512, 1024, 1024)
        self.convs = nn.ModuleList(
            weight_norm(nn.Conv2d(sizes[i], sizes[i + 1], (5, 1), (3 if i < 4 else 1, 1), (2, 0)))
            for i in range(5)
        )
        self.conv_post = weight_norm(nn.Conv2d(1024, 1, (3, 1), 1, (1, 0)))

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:
        if x.shape[2] % self.period:
            x = F.pad(x, (0, self.period - x.shape[2] % self.period), "reflect")
        x = x.view(x.shape[0], 1, x.shape[2] // self.period, self.period)
        return _run(x, self.convs, self.conv_post)


class PlainScale(nn.Module):
    def __init__(self, norm) -> None:
        super().__init__()
        layers = (
            (1, 128, 15, 1, 1), (128, 128, 41, 2, 4), (128, 256, 41, 2, 16),
            (256, 512, 41, 4, 16), (512, 1024, 41, 4, 16), (1024, 1024, 41, 1, 16),
            (1024, 1024, 5, 1, 1),
        )  # fmt: skip
        self.convs = nn.ModuleList(
            norm(nn.Conv1d(a, b, kernel, stride, kernel // 2, groups=groups))
            for a, b, kernel, stride, groups in layers
        )
        self.conv_post = norm(nn.Conv1d(1024, 1, 3, 1, 1))

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:
        return _run(x, self.convs, self.conv_post)


def _run(x: Tensor, convs: nn.ModuleList, post: nn.Module) -> tuple[Tensor, list[Tensor]]:
    features = []
    for conv in convs:
        x = F.leaky_relu(conv(x), 0.1)
        features.append(x)
    x = post(x)
    features.append(x)
    return x.flatten(1), features


class PlainDiscriminators(nn.Module):
    """MPD, then MSD."""

    def __init__(self) -> None:
        super().__init__()
        self.periods = nn.ModuleList(PlainPeriod(p) for p in (2, 3, 5, 7, 11))
        self.scales = nn.ModuleList(
            PlainScale(norm) for norm in (spectral_norm, weight_norm, weight_norm)
        )

    def forward(self, x: Tensor) -> list[tuple[Tensor, list[Tensor]]]:
        made = [period(x) for period in self.periods]
        for i, scale in enumerate(self.scales):
            if i:
                x = F.avg_pool1d(x, 4, 2, padding=2)
            made.append(scale(x))
        return made


class PlainStep:
    """One step of both networks, as the authors' training script takes it."""

    def __init__(self) -> None:
        self.generator = PlainGenerator()
        self.discriminators = PlainDiscriminators()
        settings = {"lr": 2e-4, "betas": (0.8, 0.99)}
        self.generator_optimiser = torch.optim.AdamW(self.generator.parameters(), **settings)
        self.discriminator_optimiser = torch.optim.AdamW(
            self.discriminators.parameters(), **settings
        )
        self.window = torch.hann_window(1024)
        self.filters = filter_bank(HIFIGAN).float()

    def ln_mel(self, wave: Tensor) -> Tensor:
        padded = F.pad(wave, (384, 384), mode="reflect").squeeze(1)
        spectrum = torch.view_as_real(
            torch.stft(padded, 1024, 256, 1024, self.window, center=False, return_complex=True)
        )
        magnitude = torch.sqrt(spectrum.pow(2).sum(-1) + 1e-9)
        return torch.log(torch.clamp(self.filters @ magnitude, min=1e-5))

    def __call__(self, ln_mel: Tensor, wave: Tensor) -> dict[str, float]:
        real = wave[:, None]
        real_mel = self.ln_mel(real)
        made = self.generator(ln_mel)
        made_mel = self.ln_mel(made)

        self.discriminator_optimiser.zero_grad()
        of_real, of_made = self.discriminators(real), self.discriminators(made.detach())
        discriminator = sum(
            torch.mean((1 - r[0]) ** 2) + torch.mean(m[0] ** 2)
            for r, m in zip(of_real, of_made, strict=True)
        )
        discriminator.backward()
        self.discriminator_optimiser.step()

        self.generator_optimiser.zero_grad()
        mel = F.l1_loss(real_mel, made_mel)
        of_real, of_made = self.discriminators(real), self.discriminators(made)
        matching = sum(
            torch.mean(torch.abs(a - b))
            for r, m in zip(of_real, of_made, strict=True)
            for a, b in zip(r[1], m[1], strict=True)
        )
        adversarial = sum(torch.mean((1 - m[0]) ** 2) for m in of_made)
        (adversarial + 2 * matching + MEL_WEIGHT * mel).backward()
        self.generator_optimiser.step()
        return {
            "discriminator": discriminator.item(),
            "mel": mel.item(),
            "feature_matching": matching.item(),
            "adversarial": adversarial.item(),
        }
