"""docs/threat-model.md: who could harm what, and what holds against it."""

from __future__ import annotations

from docs.threat_model_controls import ACCEPTED, CONTROLS, Control
from docs.threat_model_matrix import ACTORS, MATRIX, TARGETS

_INTRODUCTION = """# Threat model

{written_by}

Who could harm what, and what holds against it. A control names the policies, tests and preflight checks that
fail without it. Where
nothing holds, somebody accepts it, and signs: an **accepted** cell is a decision of yours, not of this project.

"""

_EMERGENCY = """
## Emergency accounts

Two accounts that no person uses, for the day on which nobody else gets in. Keep them as
[learn.microsoft.com](https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access)
says: cloud-only, with
passkeys or certificates in two safes, excluded from one conditional access policy at least, tried twice a
year. Give their sign-in names as
`monitoring.break_glass_accounts`: every change that they make in the subscription is told to the action
group. Their sign-ins are in the
tenant's logs, which this stack does not own: alert on them there.
"""


def threat_model_page(written_by: str) -> str:
    """The matrix, then every control."""
    lines = [_INTRODUCTION.format(written_by=written_by) + "| actor | " + " | ".join(TARGETS) + " |"]
    lines.append("|---" * (len(TARGETS) + 1) + "|")
    lines += [
        f"| **{actor}**: {what} | " + " | ".join(_cell(keys) for keys in MATRIX[actor]) + " |"
        for actor, what in ACTORS.items()
    ]
    lines += ["", "## Controls", "", "| control | what holds | place | held by |", "|---|---|---|---|"]
    lines += [f"| `{key}` | {one.text} | `{one.place}` | {_held(one)} |" for key, one in CONTROLS.items()]
    return "\n".join(lines) + "\n" + _EMERGENCY


def _cell(keys: tuple[str, ...]) -> str:
    return ", ".join(f"{key} ({ACCEPTED})" if CONTROLS[key].signed_by else key for key in keys)


def _held(one: Control) -> str:
    if one.signed_by:
        return f"**{ACCEPTED}**, to be signed by {one.signed_by}"
    return ", ".join(f"`{held}`" for held in one.held_by)
