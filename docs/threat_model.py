"""docs/threat-model.md: attackers, targets, and the controls against each."""

from __future__ import annotations

from docs.threat_model_controls import ACCEPTED, CONTROLS, Control
from docs.threat_model_matrix import ACTORS, MATRIX, TARGETS

_INTRODUCTION = """# Threat model

{written_by}

The first table lists who could harm which target, and the controls against it. The second describes each control, with
the policies, tests and preflight checks that fail without it. In an **accepted** cell no control is complete: somebody
in your organisation must accept the risk and sign.

"""

_EMERGENCY = """
## Emergency accounts

Keep two accounts that nobody uses normally, for a day when nobody else can sign in. Follow
[learn.microsoft.com](https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access):
cloud-only, with passkeys or certificates in two safes, excluded from at least one conditional access policy, tried
twice a year. Give their sign-in names in `monitoring.break_glass_accounts`: the action group gets an alert for every
change that they make in the subscription. Their sign-ins are in the tenant's logs, which this stack does not own: add
an alert there.
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
