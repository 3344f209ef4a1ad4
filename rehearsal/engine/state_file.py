"""The engine's file of a stack's state, looked at before the engine reads it."""

from __future__ import annotations

import json

from rehearsal.engine.folders import EngineFolders
from rehearsal.model.errors import RehearsalError


def check_state_file(folders: EngineFolders) -> None:
    """Raises `RehearsalError` where the file is empty or cut off, as a full disk leaves it: the engine itself says
    "unexpected end of JSON input" without a path. Nothing is overwritten."""
    path = folders.state
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise RehearsalError(
            f"the engine's state {path} cannot be read ({error}); {_advice(folders)}"
        ) from None
    if not text.strip():
        raise RehearsalError(f"the engine's state {path} is empty; {_advice(folders)}")
    try:
        state = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RehearsalError(
            f"the engine's state {path} is cut off or no JSON ({error}); {_advice(folders)}"
        ) from None
    if not isinstance(state, dict):
        raise RehearsalError(f"the engine's state {path} holds no state; {_advice(folders)}")


def _advice(folders: EngineFolders) -> str:
    """The engine's file backend keeps the state before as `.bak` beside it."""
    backup = folders.state.with_name(f"{folders.state.name}.bak")
    restore = f"copy {backup} over it, which is the state before" if backup.is_file() else "restore it"
    return f"{restore}, or remove {folders.own} and {folders.state} to begin with an empty cloud and an empty stack"
