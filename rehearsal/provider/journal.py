"""The resources of the simulated cloud between two runs, on disk.

One line of JSON per event, appended before a call is answered: writing the whole state at each of a few hundred calls
would cost more than everything else that the providers do. A run that starts reads the lines and writes them anew in
short. Secrets are stand-ins, marked as in the protocol; the file is for its owner only.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from rehearsal.cloud.change import ResourceRecord
from rehearsal.cloud.state import CloudState
from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError
from rehearsal.model.subscription import SoftDeleted
from rehearsal.model.values import Secret
from rehearsal.model.wire import SECRET_SIGNATURE, SIGNATURE_KEY

FORMAT = 1


class CorruptJournalError(RehearsalError):
    """The journal holds what the simulated cloud did not write."""


class Journal:
    """The open file. Not safe for threads: its owner has a lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: IO[str] | None = None

    def open(self, today: datetime.date) -> CloudState:
        """What stood at the end of the last run; an empty cloud where there was none.

        A last line without its end is a call that was never answered: it is dropped. Raises `CorruptJournalError` for
        any other, `RehearsalError` where the file cannot be read; it stays as it is.
        """
        state = CloudState(today)
        for number, line in enumerate(self._lines(), 1):
            try:
                _replay(state, json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CorruptJournalError(
                    f"{self._path}:{number}: not what the simulated cloud wrote ({error!r}); restore the file"
                ) from None
        compact = [json.dumps({"format": FORMAT})]
        compact += [json.dumps(_put(record)) for record in state.resources]
        compact += [json.dumps(_held(name, until)) for name, until in state.soft_deleted.items()]
        try:
            write_atomically(self._path, "".join(f"{line}\n" for line in compact))
            self._path.chmod(0o600)
            self._stream = self._path.open("a", encoding="utf-8", newline="\n")
        except OSError as error:
            raise RehearsalError(f"{self._path}: {error.strerror}") from error
        state.ledger = self
        return state

    def put(self, record: ResourceRecord) -> None:
        """The record exists now."""
        self._append(_put(record))

    def gone(self, record: ResourceRecord) -> None:
        """The record is no more."""
        self._append({"gone": record.id, "workspace": record.workspace})

    def held(self, name: SoftDeleted, until: datetime.date) -> None:
        """A service holds this name."""
        self._append(_held(name, until))

    def close(self) -> None:
        """Ends writing."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _append(self, event: Mapping[str, object]) -> None:
        if self._stream is not None:
            self._stream.write(json.dumps(event) + "\n")
            self._stream.flush()

    def _lines(self) -> Iterator[str]:
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            raise RehearsalError(f"{self._path}: {error}") from error
        lines = text.split("\n")
        yield from lines[:-1]


def _replay(state: CloudState, event: Mapping[str, object]) -> None:
    if "format" in event:
        if event["format"] != FORMAT:
            raise ValueError(f"format {event['format']}, this version reads {FORMAT}")
    elif "urn" in event:
        inputs, outputs = _decoded(event["inputs"]), _decoded(event.get("outputs", {}))
        if not isinstance(inputs, dict) or not isinstance(outputs, dict):
            raise TypeError("inputs or outputs are no map")
        state.restore(
            ResourceRecord(
                urn=str(event["urn"]),
                type=str(event["type"]),
                inputs=inputs,
                id=str(event["id"]),
                workspace=str(event["workspace"]),
                outputs=outputs,
                made_by=str(event.get("madeBy", "")),
            )
        )
    elif "gone" in event:
        state.forget(str(event["gone"]), str(event["workspace"]))
    else:
        name = SoftDeleted(str(event["held"]), str(event["name"]), str(event["resourceGroup"]))
        state.soft_deleted[name] = datetime.date.fromisoformat(str(event["until"]))


def _put(record: ResourceRecord) -> Mapping[str, object]:
    return {
        "urn": record.urn,
        "type": record.type,
        "id": record.id,
        "workspace": record.workspace,
        "inputs": _encoded(dict(record.inputs)),
        "outputs": _encoded(dict(record.outputs)),
        **({"madeBy": record.made_by} if record.made_by else {}),
    }


def _held(name: SoftDeleted, until: datetime.date) -> Mapping[str, object]:
    return {
        "held": name.arm_type,
        "name": name.name,
        "resourceGroup": name.resource_group,
        "until": until.isoformat(),
    }


def _encoded(value: object) -> object:
    if isinstance(value, Secret):
        return {SIGNATURE_KEY: SECRET_SIGNATURE, "value": _encoded(value.value)}
    if isinstance(value, dict):
        return {key: _encoded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encoded(item) for item in value]
    return value


def _decoded(value: object) -> object:
    if isinstance(value, dict):
        if value.get(SIGNATURE_KEY) == SECRET_SIGNATURE:
            return Secret(_decoded(value.get("value")))
        return {key: _decoded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    return value
