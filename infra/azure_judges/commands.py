"""The commands once they know what to ask: sign in, ask, write."""

from __future__ import annotations

import datetime
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from infra.azure_judges.assigned import read_assigned
from infra.azure_judges.export_files import ExportFormError, read_export
from infra.azure_judges.policy_file import policy_file
from infra.azure_judges.validation import Judge
from infra.azure_judges.validation_report import FORMATS
from infra.files import write_atomically
from infra.live.exit_codes import ExitCode
from infra.live.session import Patience, Session
from infra.settings.environment import Azure
from infra.verify.asking import asked
from infra.verify.sign_in import signed_in
from infra.verify.wire import Wire


@dataclass(frozen=True)
class Question:
    """What `validate` is asked. `export`: the folder. `level`: of the validation. `seconds`: of everything together."""

    azure: Azure
    export: Path
    level: str
    form: str
    seconds: float


PATIENCE = Patience(retries=5, connect_seconds=10, read_seconds=120, seconds_in_all=300)
"""The aliases of every resource type are tens of megabytes in one answer."""


def write_policies(azure: Azure, file: Path) -> ExitCode:
    """Writes the file whole, or says why not and leaves the one that is there as it is."""
    return asked(azure, PATIENCE, lambda session: _write_policies(session, azure, file))


def _write_policies(session: Session, azure: Azure, file: Path) -> ExitCode:
    signed_in(session, Wire(), azure.tenant_id)
    assigned = read_assigned(session)
    today = datetime.datetime.now(datetime.UTC).date()
    try:
        write_atomically(file, policy_file(assigned, azure.tenant_id, azure.subscription_id, today))
    except OSError as error:
        sys.stderr.write(f"{file}: {error.strerror}\n")
        return ExitCode.ERROR
    for identifier in assigned.missing:
        sys.stdout.write(
            f"{identifier} is assigned, and there is no such definition: it is not in the file\n"
        )
    sys.stdout.write(
        f"{file}: {len(assigned.assignments)} assignments of {len(assigned.definitions)} definitions and "
        f"{len(assigned.initiatives)} initiatives, {len(assigned.exemptions)} exemptions, from the subscription and "
        f"{len(assigned.management_groups)} management groups\n"
    )
    return ExitCode.PASSED


def validate(question: Question) -> ExitCode:
    """Asks ARM to validate what the export has, and prints or writes what it says."""
    azure = question.azure
    try:
        export = read_export(question.export)
        export.check_subscription(azure.tenant_id, azure.subscription_id)
    except ExportFormError as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.BAD_SETTINGS
    until = time.monotonic() + question.seconds

    def ask(session: Session) -> ExitCode:
        signed_in(session, Wire(), azure.tenant_id)
        found = Judge(session, question.level, azure.location, until).validation(export)
        sys.stdout.write(FORMATS[question.form](found))
        if found.refused:
            return ExitCode.FAILED
        return ExitCode.UNASKED if found.unasked else ExitCode.PASSED

    return asked(azure, PATIENCE, ask)
