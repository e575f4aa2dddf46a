"""Plain values from YAML to frozen dataclasses, checked: types, ranges, unknown names."""

import contextlib
import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, field, fields, is_dataclass
from typing import Any, Literal, TypeVar

T = TypeVar("T")


class SettingError(ValueError):
    """A setting that is unknown, missing, or of a wrong type or value.

    Attributes:
        name: of the setting, dotted; of a list's element, with its place: ``data.speeds[1]``.
    """

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def setting(default: Any = MISSING, *, low: float | None = None, high: float | None = None) -> Any:
    """A field whose number (or each number of a tuple) lies between ``low`` and ``high``."""
    return field(default=default, metadata={"low": low, "high": high})


def parse(kind: type[T], values: Any, where: str = "") -> T:
    """Makes the dataclass ``kind`` of a mapping.

    Args:
        kind: a dataclass of bool, int, float, str, ``Literal`` texts, tuples of one type,
            mappings of texts, others of its kind, or any of these or None.
        values: what YAML read. Numbers that YAML takes for texts (``1e-4``) are numbers.
        where: what the messages call the values, with a trailing dot: ``optimiser.``.

    Raises:
        SettingError: an unknown or missing name, a wrong type or a value out of range; the message
            names the setting and what it may be.
    """
    if not isinstance(values, Mapping):
        name = where.rstrip(".")
        raise SettingError(name, f"{name or 'settings'}: {values!r} is no list of settings")
    hints = typing.get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}
    for name in values:
        if name not in known:
            near = nearest(str(name), known)
            raise SettingError(f"{where}{name}", f"unknown setting {where}{name}{near}")
    made = {}
    for name, declared in known.items():
        if name in values:
            made[name] = _value(hints[name], values[name], f"{where}{name}", declared)
        elif declared.default is MISSING and declared.default_factory is MISSING:
            raise SettingError(f"{where}{name}", f"setting {where}{name} is missing")
    return kind(**made)


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the nearest known ones, or all."""
    known = list(known)
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; known are {', '.join(known)}"


def _value(kind: Any, value: Any, name: str, declared: Field) -> Any:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        if value is None:
            return None
        (kind,) = (k for k in typing.get_args(kind) if k is not type(None))
    if is_dataclass(kind):
        return parse(kind, value, f"{name}.")
    origin = typing.get_origin(kind)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise SettingError(name, f"{name} is {value!r}, not a list such as [a, b]")
        (element, _) = typing.get_args(kind)
        return tuple(_value(element, v, f"{name}[{i}]", declared) for i, v in enumerate(value))
    if origin is dict:
        if not isinstance(value, Mapping):
            raise SettingError(name, f"{name} is {value!r}, not a list of settings")
        return dict(value)
    if origin is Literal:
        allowed = typing.get_args(kind)
        # Type and value: YAML's 1 equals True.
        if not any(value == a and type(value) is type(a) for a in allowed):
            words = ", ".join(map(str, allowed))
            raise SettingError(name, f"{name} is {value!r}, not one of {words}")
        return value
    return _scalar(kind, value, name, declared)


def _scalar(kind: Any, value: Any, name: str, declared: Field) -> Any:
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}[kind]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is float and isinstance(value, str):
        with contextlib.suppress(ValueError):
            value, number = float(value), True
    fits = {
        bool: isinstance(value, bool),
        int: number and value == int(value) if number and abs(value) < 2**62 else False,
        float: number,
        str: isinstance(value, str),
    }[kind]
    if not fits:
        raise SettingError(name, f"{name} is {value!r}, not {words}")
    if number:
        low, high = declared.metadata.get("low"), declared.metadata.get("high")
        if value != value or (low is not None and value < low):
            raise SettingError(name, f"{name} is {value}, below {low}")
        if high is not None and value > high:
            raise SettingError(name, f"{name} is {value}, above {high}")
    return kind(value)
