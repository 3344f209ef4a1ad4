"""The whole question to the deployed platform: signs in, asks every promise, writes what was found."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from infra.live.exit_codes import ExitCode
from infra.live.json_values import mapping
from infra.live.session import Patience, Session
from infra.settings.platform import PlatformSettings
from infra.verify.asking import asked
from infra.verify.declared import Declared
from infra.verify.dns_server import DnsServer
from infra.verify.estate import Estate, Properties
from infra.verify.here import find
from infra.verify.identity import known_self
from infra.verify.judge import Judge
from infra.verify.outcome import exit_code
from infra.verify.promise import Promise, Promises
from infra.verify.render import FORMATS, Report, text
from infra.verify.run import run
from infra.verify.sign_in import signed_in
from infra.verify.wire import Wire

PATIENCE = Patience(retries=3, connect_seconds=10, read_seconds=45, seconds_in_all=90)
"""A warehouse may take half a minute for its first answer."""


@dataclass(frozen=True)
class Question:
    """What is asked. `outputs`: the stack's, empty where they were not given. `seconds`: the time limit. For
    `retry_seconds` what is broken is asked again, every `pause_seconds`: a new grant takes minutes."""

    stack: str
    settings: PlatformSettings
    promises: Promises
    asked: tuple[Promise, ...]
    outputs: Mapping[str, object]
    said_place: str
    run: bool
    seconds: float
    dns_server: DnsServer | None = None
    retry_seconds: float = 0
    pause_seconds: float = 30


def ask(question: Question, form: str, file: Path | None) -> ExitCode:
    """The exit code. Prints the report, or writes it to `file` and prints the text."""
    return asked(question.settings.azure, PATIENCE, lambda session: _ask(session, question, form, file))


def _ask(session: Session, question: Question, form: str, file: Path | None) -> ExitCode:
    report = look(question, session, _wire(question.dns_server))
    written = FORMATS[form](report)
    sys.stdout.write(written if file is None else text(report))
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written, encoding="utf-8")
        except OSError as error:
            sys.stderr.write(f"{error.filename}: {error.strerror}\n")
            return ExitCode.ERROR
    return exit_code(report.run.outcomes)


def _wire(server: DnsServer | None) -> Wire:
    return Wire(resolve=server.resolve) if server else Wire()


def look(question: Question, session: Session, wire: Wire) -> Report:
    """Asks every promise. Raises `NothingToAskError`."""
    until = time.monotonic() + question.seconds
    settings, promises = question.settings, question.promises
    caller = signed_in(session, wire, settings.azure.tenant_id)
    here = find(promises.places, question.said_place)
    estate = Estate(session, told=told_by(question.outputs))
    me = known_self(session, estate, caller, [one.who for one in question.asked])
    judge = Judge(
        session=session,
        estate=estate,
        wire=wire,
        here=here,
        me=me,
        declared=Declared.of(settings),
        places=promises.places,
        run=question.run,
        until=until,
    )
    found = run(judge, question.asked)
    retry_until = min(until, time.monotonic() + question.retry_seconds)
    while not found.ended and found.broken and time.monotonic() + question.pause_seconds < retry_until:
        time.sleep(question.pause_seconds)
        fresh = replace(judge, estate=Estate(session, told=estate.told))
        broken = [one for one in question.asked if one.name in found.broken]
        found = found.updated(run(fresh, broken))
    return Report(question.stack, caller.object_id, str(here), found)


def told_by(outputs: Mapping[str, object]) -> Mapping[str, Properties]:
    """Properties by ARM id that need no reading, since the stack's outputs say them."""
    databricks = mapping(outputs.get("databricks"))
    identifier, url = databricks.get("workspace_resource_id"), databricks.get("workspace_url")
    if isinstance(identifier, str) and isinstance(url, str):
        return {identifier.lower(): {"workspaceUrl": url}}
    return {}
