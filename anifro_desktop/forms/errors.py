"""What the forms refuse: one base error and named refusals. No message holds an answer."""

from __future__ import annotations

from collections.abc import Sequence

from anifro_desktop.errors import EnvironmentRefusal, Refusal


class FormsRefusal(Refusal):
    """Base of everything this package refuses."""

    code = "forms"


class DefinitionFaults(EnvironmentRefusal):
    """The definition files are wrong. faults: every one of them, in words, in file order."""

    code = "definition_faults"

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"The form definitions hold {len(self.faults)} fault(s); correct them and start again:\n"
            + "\n".join(self.faults),
            count=len(self.faults),
        )


class UnknownField(FormsRefusal):
    """A field that no form of this session has."""

    code = "unknown_field"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"No form of this visit has a field {field}; use an id of the codebook.", field=field
        )


class MissingNotAllowed(FormsRefusal):
    """A missing reason on a field that does not take it."""

    code = "missing_not_allowed"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(
            f"Field {field} cannot be left with the reason {reason}; answer it.", field=field, reason=reason
        )


class WrongKind(FormsRefusal):
    """A value that is not of the field's type. The value is not repeated."""

    code = "wrong_kind"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(
            f"Field {field} takes a {expected}; give a value of that kind.", field=field, expected=expected
        )


class DerivedField(FormsRefusal):
    """An answer to a field that the program works out."""

    code = "derived_field"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"Field {field} is worked out from other answers; change those instead.", field=field
        )


class NothingToExplain(FormsRefusal):
    """A reason for a field that has no soft problem and no contradiction."""

    code = "nothing_to_explain"

    def __init__(self, field: str) -> None:
        super().__init__(f"Field {field} has nothing that asks for a reason.", field=field)


class ReasonRefused(FormsRefusal):
    """A reason that is not in the list, or "other" without words."""

    code = "reason_refused"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"Choose one of the listed reasons for field {field}; the reason 'other' needs a few words.",
            field=field,
        )


class BadEntry(FormsRefusal):
    """A stored answer that does not fit its field. The value is not repeated."""

    code = "bad_entry"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"The stored answer of field {field} does not fit the field; restore it from the audit trail.",
            field=field,
        )


class NotExportable(FormsRefusal):
    """A revision that cannot be pseudonymised. The value is not repeated."""

    code = "not_exportable"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"Field {field} holds something its definition does not allow to leave; correct it and send again.",
            field=field,
        )
