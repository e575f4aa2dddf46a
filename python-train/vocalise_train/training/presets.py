"""Presets: YAML files that name their parent, and ``--set key=value``."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from vocalise_train import settings
from vocalise_train.training.config import Config

FOLDER = Path(__file__).parents[1] / "presets"
_PARENT = "inherits"


def names() -> list[str]:
    """The presets that ship, those that others inherit from left out."""
    return sorted(p.stem for p in FOLDER.glob("*.yaml") if not p.stem.startswith("_"))


def resolve(preset: str, changes: list[str] = ()) -> Config:
    """The settings of a preset with changes.

    Args:
        preset: the name of one that ships, or a path to a YAML file.
        changes: ``key=value``, the key dotted (``optimiser.learning_rate=1e-4``), the value YAML.

    Raises:
        ValueError: no such preset, or a setting that is unknown, of a wrong type or out of range;
            the message names file and line, or the change.
    """
    path = _path(preset)
    values, places = _read(path, ())
    values["preset"] = path.stem
    return _changed(values, changes, places, str(path))


def changed(config: Config, changes: list[str]) -> Config:
    """Settings with ``key=value`` changes."""
    return _changed(config.to_dict(), changes, {}, f"preset {config.preset}")


def with_folders(config: Config, folders: list[Path]) -> Config:
    """Settings that train on other folders."""
    data = replace(config.data, folders=tuple(str(folder) for folder in folders))
    return replace(config, data=data)


def parse(values: dict[str, Any]) -> Config:
    """Checks plain values, as ``config.yaml`` holds them."""
    config = settings.parse(Config, values)
    config.built_architecture()
    return config


def read_yaml(path: Path) -> Any:
    """Reads a YAML file of plain values.

    Raises:
        ValueError: it is no YAML; the message has file and line.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ValueError(f"{path}{where}: no YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: no YAML: {' '.join(str(error).split())}") from error


def _path(preset: str) -> Path:
    if preset.endswith((".yaml", ".yml")):
        if not Path(preset).is_file():
            raise ValueError(f"{preset}: no such file; presets that ship: {', '.join(names())}")
        return Path(preset)
    shipped = names()
    if preset not in shipped:
        raise ValueError(f"no preset {preset!r}{settings.nearest(preset, shipped)}")
    return FOLDER / f"{preset}.yaml"


def _read(path: Path, children: tuple[Path, ...]) -> tuple[dict[str, Any], dict[str, str]]:
    """Values of a preset and its parents, and where each stands: ``FILE, line 3``."""
    if path in children:
        raise ValueError(f"{path}: presets inherit in a circle")
    values = read_yaml(path)
    if not isinstance(values, dict):
        raise ValueError(f"{path}: no settings in it; one is a line such as 'inherits: small'")
    places = _places(yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader), path)
    parent = values.pop(_PARENT, None)
    if parent is None:
        return values, places
    beside = path.with_name(f"{parent}.yaml")
    source = beside if beside.exists() else FOLDER / f"{parent}.yaml"
    if not source.exists():
        near = settings.nearest(str(parent), names())
        raise ValueError(f"{places[_PARENT]}: no preset {parent!r} to inherit from{near}")
    inherited, theirs = _read(source, (*children, path))
    return _merged(inherited, values), theirs | places


def _places(node: yaml.Node, path: Path, section: str = "") -> dict[str, str]:
    places = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{section}{key.value}"
            places[name] = f"{path}, line {key.start_mark.line + 1}"
            places |= _places(value, path, f"{name}.")
    return places


def _changed(
    values: dict[str, Any], changes: list[str], places: dict[str, str], whole: str
) -> Config:
    """Applies changes and checks all; a fault is told with its place, else that of the whole."""
    places = dict(places)
    for change in changes:
        _apply(values, change)
        places[change.partition("=")[0]] = f"--set {change}"
    try:
        return parse(values)
    except settings.SettingError as error:
        place = places.get(error.name.partition("[")[0], whole)
        raise ValueError(f"{place}: {error}") from error
    except ValueError as error:
        raise ValueError(f"{whole}: {error}") from error


def _merged(parent: dict[str, Any], child: dict[str, Any]) -> dict[str, Any]:
    merged = dict(parent)
    for key, value in child.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _apply(values: dict[str, Any], change: str) -> None:
    key, equals, text = change.partition("=")
    if not equals or not key:
        raise ValueError(f"--set {change!r} is not key=value")
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"--set {key}: {text!r} is no YAML value") from error
    *sections, last = key.split(".")
    for section in sections:
        values = values.setdefault(section, {})
        if not isinstance(values, dict):
            raise ValueError(f"--set {key}: {section} is a value, not a list of settings")
    values[last] = value
