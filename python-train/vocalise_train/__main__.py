"""The commands of the package: ``python -m vocalise_train --help``."""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch

from vocalise_train import export, hifigan_import
from vocalise_train.checkpoint import load, random_checkpoint
from vocalise_train.mel import PRESETS
from vocalise_train.models import ARCHITECTURES
from vocalise_train.training.checkpoints import generator_of


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns its exit code.

    0 done, 4 an input is refused, 1 training failed, 143 or 130 stopped by a signal.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.command(options) or 0
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 4
    except RuntimeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _train(options: argparse.Namespace) -> int:
    # Slow to import, and of no use to the other commands.
    from vocalise_train.training import run as runs
    from vocalise_train.training.run_directory import RunDirectory

    folder = RunDirectory(options.run)
    config = runs.settings(folder, options.preset, options.data, options.set, options.resume)
    with folder:
        return runs.train(folder, config)


def _new(options: argparse.Namespace) -> None:
    _refuse_existing(options)
    name = options.name or options.output.stem
    mel = PRESETS[options.mel]
    random_checkpoint(name, options.architecture, mel, options.seed).save(options.output)
    print(options.output)


def _export(options: argparse.Namespace) -> None:
    _refuse_existing(options)
    path = options.checkpoint
    checkpoint = load(generator_of(path) if path.is_dir() else path)
    bands = checkpoint.description.mel.bands
    mels = [torch.from_numpy(_read_mel(path, bands)) for path in options.mel]
    result = export.write(checkpoint, options.output, mels)
    print(
        f"{options.output}: {result.folded} weight norms folded, "
        f"at most {result.difference:.1e} from PyTorch"
    )


def _import_hifigan(options: argparse.Namespace) -> None:
    _refuse_existing(options)
    config = options.config or options.checkpoint.with_name("config.json")
    name = options.name or options.output.stem
    hifigan_import.import_hifigan(options.checkpoint, config, name).save(options.output)
    print(options.output)


def _convert(options: argparse.Namespace) -> None:
    # Imported here: h5py is optional.
    from vocalise_train import convert

    _refuse_existing(options)
    convert.convert(options.network, options.weights, options.output)
    print(options.output)


def _refuse_existing(options: argparse.Namespace) -> None:
    if options.output.exists() and not options.overwrite:
        raise ValueError(f"{options.output} exists; --overwrite replaces it")


def _read_mel(path: Path, bands: int) -> np.ndarray:
    mel = np.load(path, allow_pickle=False)
    if mel.ndim == 3 and mel.shape[0] == 1:
        mel = mel[0]
    if mel.ndim != 2 or mel.shape[0] != bands or not np.issubdtype(mel.dtype, np.floating):
        raise ValueError(f"{path}: {mel.dtype} of shape {mel.shape}, not floats ({bands}, frames)")
    return mel.astype(np.float32)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m vocalise_train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run, text: str, example: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name, help=text, description=text, epilog=f"Example: python -m vocalise_train {example}"
        )
        added.set_defaults(command=run)
        added.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
        added.add_argument("--overwrite", action="store_true", help="replace an existing output")
        return added

    text = "Makes a checkpoint with random weights, for tests and benchmarks."
    new = command("new", _new, text, "new hifigan-v2 -o v2.safetensors")
    new.add_argument("architecture", choices=ARCHITECTURES)
    new.add_argument("--mel", choices=PRESETS, default="ntu", help="the mel it takes (ntu)")
    new.add_argument("--seed", type=int, default=0)
    new.add_argument("--name", help="the model's name (the output's)")

    text = "Trains a vocoder, or goes on with a run."
    train = commands.add_parser(
        "train",
        help=text,
        description=text,
        epilog="Example: python -m vocalise_train train --preset small --data recordings "
        "--run runs/first",
    )
    train.set_defaults(command=_train)
    train.add_argument("--preset", metavar="NAME", help="a preset, or a path to a YAML file")
    train.add_argument(
        "--data", type=Path, action="append", default=[], metavar="DIR", help="of WAV or FLAC files"
    )
    train.add_argument("--run", type=Path, required=True, metavar="DIR", help="the run's folder")
    train.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="changes a setting"
    )
    train.add_argument(
        "--resume", action="store_true", help="go on from the newest checkpoint, if there is a run"
    )

    text = "Exports a checkpoint to one ONNX file that describes itself."
    onnx = command("export", _export, text, "export v2.safetensors -o v2.onnx")
    onnx.add_argument(
        "checkpoint", type=Path, help="a file, or a run's folder: its best checkpoint"
    )
    onnx.add_argument(
        "--mel", type=Path, nargs="+", default=[], help=".npy mels to compare PyTorch and ONNX on"
    )

    text = "Makes a checkpoint of a generator in HiFi-GAN's format."
    hifigan = command(
        "import-hifigan", _import_hifigan, text, "import-hifigan g_02500000 -o lj.safetensors"
    )
    hifigan.add_argument("checkpoint", type=Path)
    hifigan.add_argument("--config", type=Path, help="its JSON file (config.json beside it)")
    hifigan.add_argument("--name", help="the model's name (the output's)")

    text = "Converts the weights of a network that scores or tracks pitch."
    network = command("convert", _convert, text, "convert crepe model-tiny.h5 -o crepe-tiny.onnx")
    network.add_argument("network", choices=["crepe", "vggish", "efficientat-mn04"])
    network.add_argument("weights", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
