"""`python -m rehearsal preview`: each stack rehearsed, what is said of it, and its exit code."""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from azure_facts.data_files import FactsError
from rehearsal.access import plural
from rehearsal.formats import Format
from rehearsal.formats.document import FormatPart, format_part
from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode
from rehearsal.model.subscription import Subscription
from rehearsal.page.page import render_page
from rehearsal.policy_pack.pack import PolicyPack, read_pack
from rehearsal.policy_pack.process import PackProcess
from rehearsal.program.process import DEFAULT_TIMEOUT_SECONDS
from rehearsal.report import render_parts, render_verdict
from rehearsal.run import Rehearsal, rehearse
from rehearsal.sections import Section


@dataclass(frozen=True)
class PreviewJob:
    """One stack's preview. `shown` are the parts of the report beside its summary; `packs` are those that are
    started already."""

    chosen: argparse.Namespace
    stack: str
    subscription: Subscription
    colour: bool
    shown: Collection[Section]
    stack_outputs: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    packs: Sequence[PackProcess] = ()


@dataclass(frozen=True)
class Preview:
    """What a preview says: `errors` belong on stderr, `report` and `verdict` on stdout; `part` is the stack's part of a
    document in the chosen format."""

    code: ExitCode
    report: str = ""
    verdict: str = ""
    errors: str = ""
    part: FormatPart | None = None


def preview(job: PreviewJob) -> Preview:
    """Rehearses one stack, and writes its inventory where `--json` asks for it."""
    found = _preview(job)
    if Format(job.chosen.format) is not Format.JSON:
        return found
    told = found.part.text if found.part else json.dumps({"stack": job.stack, "error": found.errors.strip()})
    return replace(found, part=FormatPart(json.dumps({**json.loads(told), "exitCode": int(found.code)})))


def _preview(job: PreviewJob) -> Preview:
    chosen = job.chosen
    try:
        result = rehearse(
            chosen.project,
            job.stack,
            today=chosen.today,
            stack_file=chosen.stack_file,
            config_overrides=chosen.config,
            stack_outputs=job.stack_outputs,
            subscription=job.subscription,
            timeout=chosen.timeout or DEFAULT_TIMEOUT_SECONDS,
            suppressions=chosen.suppressions,
            azure_policies=_of_stack(chosen.azure_policies, job.stack),
            policy_packs=chosen_packs(chosen),
            packs=job.packs,
        )
    except RehearsalError as error:
        return Preview(error.exit_code, errors=f"{error}\n")
    except FactsError as error:
        return Preview(ExitCode.FAILED, errors=f"rehearsal: {error}\n")
    errors = "".join(
        f"{line}\n"
        for line in _logged(result.log, whole=Section.COSTS in job.shown and not result.inventory.costs)
    )
    problem = _write(chosen.page, job.stack, lambda: render_page(result.inventory))
    if result.error is None:  # an older inventory stays whole
        problem += _write(chosen.json, job.stack, result.inventory.to_json)
    if result.error is not None:
        code = ExitCode.FAILED if problem else result.error.exit_code
        return Preview(code, errors=f"{errors}{result.error.text}\n{problem}")
    return Preview(
        ExitCode.FAILED if problem else _code(result),
        render_parts(result, job.shown),
        render_verdict(result, colour=job.colour),
        errors + problem,
        format_part(Format(chosen.format), result),
    )


def _logged(messages: Sequence[str], *, whole: bool) -> Iterator[str]:
    """What the program logged; of a message of several lines the first one, unless `whole`: a program that exports its
    costs has them in the report."""
    for message in messages:
        first, *rest = message.splitlines() or [""]
        if whole or not rest:
            yield message
        else:
            yield f"{first} [{plural(len(rest), 'more line')}: --{Section.COSTS}]"


def chosen_packs(chosen: argparse.Namespace) -> list[PolicyPack]:
    """The packs that `--policy-pack` and `--policy-pack-config` name. Raises `RehearsalError` as `read_pack` does."""
    packs = itertools.zip_longest(chosen.policy_pack, chosen.policy_pack_config)
    return [read_pack(pack, configuration) for pack, configuration in packs]


def _of_stack(path: str | None, stack: str) -> Path | None:
    return Path(path.replace("{stack}", stack)) if path else None


def _code(result: Rehearsal) -> ExitCode:
    if result.refusals or result.refused_acts or result.broken_promises:
        return ExitCode.REFUSED
    return ExitCode.POLICY_VIOLATION if result.violations else ExitCode.CLEAN


def _write(path: str | None, stack: str, text: Callable[[], str]) -> str:
    """Writes a file where its option names one. Returns what went wrong, empty for nothing."""
    if not path:
        return ""
    named = path.replace("{stack}", stack)
    try:
        write_atomically(Path(named), text())
    except OSError as error:
        return f"{named}: {error.strerror}\n"
    return ""
