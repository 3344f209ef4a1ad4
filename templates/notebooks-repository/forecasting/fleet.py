"""Many models in one registered version: an index, and pickles that are read one at a time.

    index.json       partition key → family, baseline, measures, and where the estimator lies
    models-000.pkl   the estimators' pickles, one after the other

A pickle runs what is written in it. So each is read only when the index vouches for its bytes by their digest; the
index itself is among the files whose digest is registered with the version (`model_content.py`).
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from threading import Lock

import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

from forecasting.errors import WorkloadError
from forecasting.series_model import BASELINE, Fitted, baseline_forecast, ridge_forecast

INDEX = "index.json"
FORMAT = 1
SERIES_IN_A_FILE = 1000


class UnusableModelError(Exception):
    """An estimator that is damaged, cannot be unpickled, or does not forecast."""


class NoFleetError(WorkloadError):
    """A folder without a fleet of a known format."""


@dataclass(frozen=True)
class Entry:
    """One series in the index; without a file its model is the baseline."""

    family: str
    status: str
    baseline: tuple[float, ...]
    accuracy: float | None
    test_rows: int
    file: str | None = None
    offset: int = 0
    length: int = 0
    digest: str | None = None


def write_fleet(fitted: Iterable[tuple[str, Fitted]], folder: Path) -> int:
    """Write what training found, streaming; the number of series. The folder must not hold a fleet yet."""
    folder.mkdir(parents=True)
    entries: dict[str, Entry] = {}
    rest = iter(fitted)
    for number, first in enumerate(rest):
        part = chain([first], islice(rest, SERIES_IN_A_FILE - 1))
        entries |= _write_part(part, folder / f"models-{number:03d}.pkl")
    series = {key: asdict(entry) for key, entry in entries.items()}
    (folder / INDEX).write_text(json.dumps({"format": FORMAT, "series": series}), encoding="utf-8")
    return len(entries)


def _write_part(fitted: Iterable[tuple[str, Fitted]], path: Path) -> dict[str, Entry]:
    """The estimators of some series in one file; no file where all of them are baselines."""
    entries = {}
    with path.open("wb") as file:
        for key, one in fitted:
            measured = (one.family, one.status, one.baseline, one.accuracy, one.test_rows)
            if one.estimator is None:
                entries[key] = Entry(*measured)
            else:
                digest = hashlib.sha256(one.estimator).hexdigest()
                entries[key] = Entry(*measured, path.name, file.tell(), len(one.estimator), digest)
                file.write(one.estimator)
    if path.stat().st_size == 0:
        path.unlink()
    return entries


def forecast_by(
    family: str, baseline: Sequence[float], estimator: Callable[[], object], days: pd.DataFrame
) -> tuple[np.ndarray, str]:
    """The forecast of one model, and the family that made it: the baseline where the estimator cannot be used."""
    if family != BASELINE:
        try:
            return _forecast(estimator(), days), family
        except UnusableModelError:
            pass
    return baseline_forecast(baseline, days), BASELINE


def _forecast(estimator: object, days: pd.DataFrame) -> np.ndarray:
    """Raises UnusableModelError."""
    if not isinstance(estimator, Ridge):
        raise UnusableModelError(f"is a {type(estimator).__name__}, and no Ridge")
    try:
        quantity = ridge_forecast(estimator, days)
    except (AttributeError, ValueError) as error:
        # Of another version of scikit-learn, or of other features.
        raise UnusableModelError(str(error)) from error
    if not np.isfinite(quantity).all():
        raise UnusableModelError("its forecast is no number")
    return quantity


class Fleet:
    """Models by partition key, loaded when they are asked for. At most `capacity` estimators stay in memory."""

    def __init__(self, folder: Path, capacity: int = 1000) -> None:
        if capacity < 0:
            raise ValueError(f"{capacity} estimators cannot stay in memory; give 0 or more")
        self._folder = folder
        self._capacity = capacity
        self._entries = _read_index(folder)
        self._loaded: OrderedDict[str, object] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Every series."""
        yield from self._entries.items()

    @property
    def loaded(self) -> int:
        """How many estimators are in memory now."""
        return len(self._loaded)

    def pickled(self, key: str) -> bytes | None:
        """An estimator's bytes as they lie there; None for a baseline. Raises KeyError, UnusableModelError."""
        entry = self._entries[key]
        if entry.file is None:
            return None
        try:
            with (self._folder / entry.file).open("rb") as file:
                file.seek(entry.offset)
                return file.read(entry.length)
        except OSError as error:
            raise UnusableModelError(f"{key}: {error}") from error

    def forecast(self, key: str, days: pd.DataFrame) -> tuple[np.ndarray, str]:
        """The forecast for days with their features, and the family that made it: the baseline where the estimator
        cannot be used. Raises KeyError for an unknown series."""
        entry = self._entries[key]
        return forecast_by(entry.family, entry.baseline, lambda: self._estimator(key, entry), days)

    def _estimator(self, key: str, entry: Entry) -> object:
        with self._lock:
            if key in self._loaded:
                self._loaded.move_to_end(key)
                return self._loaded[key]
        estimator = unpickle(key, self.pickled(key), entry.digest)
        with self._lock:
            self._loaded[key] = estimator
            while len(self._loaded) > self._capacity:
                self._loaded.popitem(last=False)
        return estimator


def _read_index(folder: Path) -> Mapping[str, Entry]:
    """Raises NoFleetError."""
    try:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        if index["format"] != FORMAT:
            raise NoFleetError(f"{folder}: is of format {index['format']}; this code reads {FORMAT}")
        return {
            key: Entry(**{**found, "baseline": tuple(found["baseline"])})
            for key, found in index["series"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoFleetError(f"{folder}: holds no fleet of models: {type(error).__name__}: {error}") from error


def open_fleet(folder: Path, capacity: int = 1000) -> Fleet:
    """The fleet below a folder that a version was downloaded into. Raises NoFleetError."""
    found = sorted(folder.rglob(INDEX))
    if len(found) != 1:
        raise NoFleetError(f"{folder}: holds {len(found)} fleets of models, and one is expected")
    return Fleet(found[0].parent, capacity)


def unpickle(key: str, content: bytes | None, digest: str | None) -> object:
    """An estimator. Raises UnusableModelError, before anything of a pickle runs that the index does not vouch for."""
    if content is None or hashlib.sha256(content).hexdigest() != digest:
        raise UnusableModelError(f"{key}: its bytes are not those that the index names")
    try:
        return pickle.loads(content)
    except Exception as error:
        # Whatever a class of another version raises while it is made.
        raise UnusableModelError(f"{key}: cannot be unpickled: {error}") from error
