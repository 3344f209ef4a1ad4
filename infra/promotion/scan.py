"""Looks at a candidate's files that run code when they are loaded.

    python -m infra.promotion.scan --stack prod --folder candidate

Loading a pickle runs what is written in it, in the container that scores and with its identity. So a scanner
(`promotion.scan` in the stack that is promoted to) looks before the gate; where there is none, a model with such files
is refused. Exit code 0: nothing was found; 1: refused, with the scanner's words; 2: the scanner did not run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from infra.promotion.evidence import UnreadableError
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.promotion import SCAN_FOLDER, Promotion, Scan

MINUTES = 20

_SCANNED = frozenset(
    (".bin", ".ckpt", ".dat", ".data", ".joblib", ".npy", ".npz", ".pickle", ".pkl", ".pt", ".pth")
)
"""Endings that picklescan 1.0.5 looks at in a folder (its scanner.py, read 2026-11-30). It passes over every other file
without a word, whatever the file holds, and ends with 0."""

_COMPRESSED = (
    *(b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x5d\x00\x00", b"\x04\x22\x4d\x18"),
    *(b"\x78\x01", b"\x78\x9c", b"\x78\xda"),
)
"""gzip, bz2, xz, lzma, lz4 and three levels of zlib: what joblib.dump(compress=…) writes. picklescan says that it
could not parse such a file, and ends with 0."""

_PICKLE = tuple(bytes((0x80, protocol)) for protocol in range(2, 6))
"""How a pickle of protocol 2 to 5 begins (Python's Lib/pickletools.py, opcode PROTO)."""


class ScanFailedError(RuntimeError):
    """The scanner did not run to its end; the text says what to do."""


def unpickled(folder: Path) -> Iterator[Path]:
    """Files that are loaded by running them, by name or by what they hold."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.suffix.lower() in _SCANNED or _holds_pickle(path)):
            yield path


def _holds_pickle(path: Path) -> bool:
    """A pickle, or an archive with one in it, as PyTorch writes."""
    if _first_bytes(path).startswith(_PICKLE):
        return True
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith(".pkl") for name in archive.namelist())
    except zipfile.BadZipFile:
        return False


def refusals(scan: Scan | None, folder: Path) -> Iterator[str]:
    """Every reason why the files must not be loaded. Raises ScanFailedError and UnreadableError."""
    if not folder.is_dir():
        raise UnreadableError(f"{folder}: is no folder")
    files = list(unpickled(folder))
    names = ", ".join(path.relative_to(folder).as_posix() for path in files)
    if scan is None:
        if files:
            yield f"{names}: run code when they are loaded, and promotion.scan is null, so nothing looked at them"
        return
    for path in files:
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() not in _SCANNED:
            yield f"{name}: holds a pickle, and scanners pass over such a name; let the training job call it .pkl"
        elif path.suffix.lower() != ".bin" and _first_bytes(path).startswith(_COMPRESSED):
            yield (
                f"{name}: is compressed, and no scanner sees through that; register "
                "the model without compression (joblib.dump(..., compress=0))"
            )
    # The scanner's own words are told in any case: what it could not read, it says there.
    code, said = _run([word.replace(SCAN_FOLDER, str(folder)) for word in scan.command])
    if code == 1:
        yield f"{scan.command[0]} found something:\n{said}"
    elif code:
        raise ScanFailedError(f"{scan.command[0]} ended with {code}:\n{said}")
    else:
        sys.stderr.write(f"{said}\n")


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _run(words: list[str]) -> tuple[int, str]:
    try:
        # The words are the stack file's, which is reviewed like code.
        ran = subprocess.run(  # noqa: S603
            words, capture_output=True, text=True, timeout=MINUTES * 60, check=False
        )
    except FileNotFoundError as error:
        raise ScanFailedError(
            f"{words[0]} is not installed; run: pip install --require-hashes -r requirements-scan.txt"
        ) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScanFailedError(f"{words[0]} did not end: {error}") from error
    return ran.returncode, (ran.stdout + ran.stderr).strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(prog="scan", description="Do the candidate's files run foreign code?")
    parser.add_argument("--stack", required=True, help="the stack that is promoted to")
    parser.add_argument("--folder", required=True, type=Path)
    options = parser.parse_args(arguments)
    try:
        settings = load_from_stack_file(Path(f"Pulumi.{options.stack}.yaml")).settings
        found = list(refusals((settings.promotion or Promotion()).scan, options.folder))
    except (SettingsError, UnreadableError, ScanFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if found:
        sys.stdout.write("refused:\n" + "\n".join(f"  {line}" for line in found) + "\n")
        return 1
    sys.stdout.write("the scan found nothing\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
