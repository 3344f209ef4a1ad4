"""`python -m infra.verify --stack prod`: asks the real platform what the stack promises. Exit codes: `ExitCode`."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from infra.live.exit_codes import ExitCode
from infra.live.time_limit import LEAST_SECONDS, MOST_SECONDS, seconds_of
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.platform import PlatformSettings
from infra.verify.here import known
from infra.verify.promise import FormError, Promise, Promises, instead, read_promises

_CODES = (
    "exit codes: 0 every promise that is checkable from here holds; 4 one is broken; 5 nobody is signed in, the "
    "sign-in has ended, there is no network, or the time was up; 2 the settings are refused, the promises have "
    "another form, or wrong usage; 1 anything else"
)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="python -m infra.verify",
        description="Ask the deployed platform whether it keeps what the stack promises, from here and as who is "
        "signed in. Changes nothing without --run.",
        epilog=_CODES,
    )
    made.add_argument("--stack", required=True, metavar="NAME")
    made.add_argument("--project", type=Path, default=Path("."), metavar="DIR", help="folder of Pulumi.yaml")
    made.add_argument(
        "--outputs",
        type=Path,
        metavar="FILE",
        help="what `pulumi stack output --json` prints: the promises as deployed, and what else it tells",
    )
    made.add_argument(
        "--from",
        dest="place",
        default="",
        metavar="PLACE",
        help="where this is: a place's name, or the ARM id of a subnet, workspace or cluster; left out: told by this "
        "machine's address",
    )
    made.add_argument(
        "--dns",
        default="",
        metavar="ADDRESS[:PORT]",
        help="ask this DNS server for names, instead of this machine's own; calls go as this machine's own says",
    )
    made.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="PATTERN",
        help="promises by name, as of a shell: 'job-*'",
    )
    made.add_argument(
        "--run", action="store_true", help="start runs that do nothing, where runs are promised"
    )
    made.add_argument("--format", choices=("text", "json", "junit"), default="text")
    made.add_argument(
        "--output", type=Path, metavar="FILE", help="write the format there; the text is printed besides"
    )
    made.add_argument(
        "--time-limit",
        type=seconds_of,
        default=900,
        metavar="SECONDS",
        help=f"of everything together: {LEAST_SECONDS} to {MOST_SECONDS} (900)",
    )
    made.add_argument(
        "--retry-for",
        type=_retry,
        default=0,
        metavar="SECONDS",
        help="ask what is broken again for so long, within the time limit: a new grant takes minutes (0)",
    )
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks, and prints what was found."""
    chosen = parser().parse_args(arguments)
    try:
        settings = load_from_stack_file(chosen.project / f"Pulumi.{chosen.stack}.yaml").settings
        outputs = _outputs(chosen.outputs) if chosen.outputs else {}
        promises = read_promises(_given(settings, outputs, chosen.outputs))
        asked = _only(promises, chosen.only)
        _check_place(promises, chosen.place)
    except (SettingsError, FormError) as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.BAD_SETTINGS
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return ExitCode.BAD_SETTINGS
    try:
        from infra.verify.dns_server import ServerError, read_server
        from infra.verify.platform import Question, ask
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error.name} is missing; run: make verify STACK={chosen.stack}\n")
        return ExitCode.ERROR
    try:
        dns_server = read_server(chosen.dns) if chosen.dns else None
    except ServerError as error:
        sys.stderr.write(f"--dns: {error}\n")
        return ExitCode.BAD_SETTINGS
    # The outcomes say what a failure means; every way that was tried to sign in is no help beside them.
    logging.getLogger("azure").setLevel(logging.CRITICAL)
    question = Question(
        stack=chosen.stack,
        settings=settings,
        promises=promises,
        asked=asked,
        outputs=outputs,
        said_place=chosen.place,
        dns_server=dns_server,
        run=chosen.run,
        seconds=chosen.time_limit,
        retry_seconds=chosen.retry_for,
    )
    return ask(question, chosen.format, chosen.output)


def _given(settings: PlatformSettings, outputs: Mapping[str, object], file: Path | None) -> object:
    """The promises as they were deployed, else as the settings make them."""
    if file is None:
        from infra.promises.platform import promised

        return promised(settings)
    if "promises" not in outputs:
        raise FormError(f"{file}: has no output promises; deploy this version, or leave --outputs out")
    return outputs["promises"]


def _outputs(file: Path) -> Mapping[str, object]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise FormError(f"{file}: is no JSON ({error})") from error
    if not isinstance(read, dict):
        raise FormError(f"{file}: must be a map; pulumi stack output --json prints one")
    return read


def _only(promises: Promises, patterns: Sequence[str]) -> tuple[Promise, ...]:
    if not patterns:
        return promises.promises
    found = tuple(
        one for one in promises.promises if any(fnmatchcase(one.name, pattern) for pattern in patterns)
    )
    if not found:
        names = [one.name for one in promises.promises]
        raise FormError(
            f"--only {' '.join(patterns)}: no promise has such a name; {instead(patterns[0], names)}"
        )
    return found


def _check_place(promises: Promises, said: str) -> None:
    there = known(promises.places)
    if said and not said.startswith("/") and said not in there:
        raise FormError(f"--from {said}: no such place is promised; {instead(said, there)}")


def _retry(text: str) -> float:
    return 0 if text == "0" else seconds_of(text)


if __name__ == "__main__":
    sys.exit(main())
