"""Losses of mel spectrograms: HiFi-GAN's single one and DAC's of many windows, float32 always."""

import torch
from torch import Tensor, nn

from vocalise_train.mel import MelSpec, filter_bank, stft

LN_FLOOR = 1e-5

WINDOWS = (32, 64, 128, 256, 512, 1024, 2048)
BANDS = (5, 10, 20, 40, 80, 160, 320)


class LogMelDistance(nn.Module):
    """Mean absolute difference of the logarithms of two waveforms' mels."""

    def __init__(self, spec: MelSpec, floor: float, decimal: bool) -> None:
        super().__init__()
        self.spec = spec
        self.floor = floor
        self.decimal = decimal
        self.register_buffer("filters", filter_bank(spec).float(), persistent=False)

    def forward(self, made: Tensor, true: Tensor) -> Tensor:
        """The distance of ``made`` from ``true``, ``[B, samples]`` both."""
        with torch.autocast(made.device.type, enabled=False):
            return (self.log_mel(made.float()) - self.log_mel(true.float())).abs().mean()

    def log_mel(self, wave: Tensor) -> Tensor:
        spectrum = torch.view_as_real(stft(wave, self.spec)).square().sum(-1)
        if self.spec.spectrum != "power":
            # The square root's slope is infinite at 0; HiFi-GAN's own summand is 1e-9.
            epsilon = 1e-9 if self.spec.spectrum == "magnitude_eps" else 1e-12
            spectrum = (spectrum + epsilon).sqrt()
        mel = (self.filters @ spectrum).clamp(min=self.floor)
        return mel.log10() if self.decimal else mel.log()


def mel_loss(spec: MelSpec) -> LogMelDistance:
    """HiFi-GAN's L_mel (eq. 6) in the mel of ``spec``: ln, floor 1e-5; its weight there is 45."""
    return LogMelDistance(spec, spec.floor if spec.log == "ln" else LN_FLOOR, decimal=False)


class MultiScaleMelLoss(nn.Module):
    """L1 of log10 mels summed over seven windows (Kumar et al. 2023, section 3.4; weight 15).

    Slaney's filters over magnitudes up to half the rate, hop a quarter of the window, centred
    frames with mirrored ends, floor 1e-5. Segments need more than 1024 samples.
    """

    def __init__(
        self,
        sample_rate: int,
        windows: tuple[int, ...] = WINDOWS,
        bands: tuple[int, ...] = BANDS,
    ) -> None:
        super().__init__()
        self.scales = nn.ModuleList(
            LogMelDistance(_spec(sample_rate, window, count), 1e-5, decimal=True)
            for window, count in zip(windows, bands, strict=True)
        )

    def forward(self, made: Tensor, true: Tensor) -> Tensor:
        """The distance of ``made`` from ``true``, ``[B, samples]`` both."""
        return torch.stack([scale(made, true) for scale in self.scales]).sum()


def _spec(sample_rate: int, window: int, bands: int) -> MelSpec:
    return MelSpec(
        sample_rate, window, window, window // 4, bands, 0.0, sample_rate / 2,
        "slaney", "slaney", "centred", "magnitude", "log10", 1e-5,
    )  # fmt: skip
