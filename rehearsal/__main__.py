"""`rehearsal`, and `python -m rehearsal`."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import NoReturn

# `python -m` puts the current folder first, and a program's folder may have packages of the same names as ours, and
# modules of the same names as Python's (`logging.py`).
if sys.path and Path(sys.path[0]).resolve() == Path.cwd():
    del sys.path[0]
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from azure_facts.data_files import FactsError


def run() -> NoReturn:
    """Runs the command line and leaves with its exit code: 1 where the installation itself is broken."""
    gc.disable()  # what is imported lives until the end: looking for garbage among it is a waste
    try:
        from rehearsal.cli import main  # reads the tables of facts

        gc.freeze()
        gc.enable()
        sys.exit(main())
    except FactsError as error:
        sys.exit(f"rehearsal: {error}")
    except BrokenPipeError:
        # The reader of the output has gone (`| head`). What is still buffered would raise once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    finally:
        gc.freeze()  # at its end Python would look through all objects of the SDKs: a fifth of a small program's time


if __name__ == "__main__":
    run()
