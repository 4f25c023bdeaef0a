"""Checks of numbers among arguments; an error names the argument, its value, and what was expected."""

from __future__ import annotations

import math
import operator
from typing import Any


def positive(name: str, value: Any, unit: str) -> None:
    """Raises ValueError unless a number is positive and finite."""
    if not (_is_finite(value) and value > 0):
        raise ValueError(f"invalid {name}={value!r}: expected a positive number, {unit}")


def not_negative(name: str, value: Any, unit: str) -> None:
    """Raises ValueError unless a number is finite and 0 or more."""
    if not (_is_finite(value) and value >= 0):
        raise ValueError(f"invalid {name}={value!r}: expected 0 or a positive number, {unit}")


def finite(name: str, value: Any, unit: str) -> None:
    """Raises ValueError unless a number is finite."""
    if not _is_finite(value):
        raise ValueError(f"invalid {name}={value!r}: expected a finite number, {unit}")


def count(name: str, value: Any, least: int = 0) -> None:
    """Raises ValueError unless an integer is at least `least`, and below 2^63."""
    try:
        number = operator.index(value)
    except TypeError:
        number = least - 1
    if not least <= number < 2**63:
        raise ValueError(f"invalid {name}={value!r}: expected an integer from {least}")


def whole_number(name: str, value: Any) -> int:
    """The integer that a number is, as 1 of 1.0, or ValueError."""
    if not _is_finite(value) or int(value) != value:
        raise ValueError(f"{name} is {value!r}: expected a whole number")
    return int(value)


def _is_finite(value: Any) -> bool:
    try:
        return math.isfinite(value)
    except (TypeError, ValueError, OverflowError):
        return False
