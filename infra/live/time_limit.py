"""The time limit of a command that asks the real cloud, as somebody types it."""

from __future__ import annotations

import argparse

LEAST_SECONDS, MOST_SECONDS = 10, 7200


def seconds_of(words: str) -> float:
    """The number, within its bounds. Raises `argparse.ArgumentTypeError`."""
    try:
        seconds = float(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of seconds") from error
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{words} is not from {LEAST_SECONDS} to {MOST_SECONDS}")
    return seconds
