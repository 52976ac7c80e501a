"""The people of a site in words: state, acts, roles in a row."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from anifro_desktop.ui import texts
from anifro_desktop.ui.words import role_name
from anifro_desktop.workflows.audit.words import ACTS
from anifro_desktop.workflows.people import Act, Member

translate = QCoreApplication.translate


def roles_text(roles: Iterable[str]) -> str:
    """Roles in a row."""
    return ", ".join(role_name(role) for role in roles)


def role_hint(role: str) -> str:
    """What somebody in a role may do."""
    return {
        "investigator": translate("People", "enters, completes and signs"),
        "data_entry": translate("People", "enters and completes, does not sign"),
        "site_admin": translate("People", "people, keys, sending, recovery sheet"),
        "monitor": translate("People", "reads without names, changes nothing"),
    }.get(role, "")


def state(member: Member) -> tuple[str, str]:
    """How it is with a person's access, and the tone of that word."""
    if member.state == "active" and member.temporary:
        return translate("People", "passphrase not chosen"), "info"
    return {
        "active": (translate("People", "active"), "success"),
        "disabled": (translate("People", "disabled"), "warning"),
        "removed": (translate("People", "removed"), "neutral"),
    }.get(member.state, (member.state, "neutral"))


def act_text(act: Act) -> str:
    """What was done, with roles before and after where they changed."""
    label = ACTS.get(act.act)
    words = label.get(texts.language()) if label is not None else act.act
    if act.act == "user_changed" and isinstance(act.detail, dict):
        old, new = _roles(act.detail.get("old")), _roles(act.detail.get("new"))
        if old != new:
            return f"{words}: {old} → {new}"
    if act.act == "user_added" and isinstance(act.detail, dict):
        return f"{words}: {_roles(act.detail.get('roles'))}"
    return words


def _roles(value: object) -> str:
    return roles_text(str(role) for role in value) if isinstance(value, list) else ""
