"""Which fields would settle a missing key of the flare index, CLASI, joints, damage index and questionnaires.

The counterpart of `organ_inputs` and `prom_inputs`; `settling` chooses between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from anifro_desktop.forms.derived import PHGA_SCALES
from anifro_desktop.forms.joint_counts import COUNTED, FIELDS_28, PREFIX, SINGLE_68
from anifro_desktop.forms.organ_inputs import (
    CLASI_FIELDS,
    CLASI_PATIENT,
    NEW_DRUGS,
    NEW_OR_WORSE,
    SDI_FIELDS,
    SKIN,
)
from anifro_desktop.record import Answers, Missing
from anifro_desktop.scores.joints import JOINTS_68
from anifro_desktop.scores.sledai2k import WEIGHTS

_FLARE = {
    "iv_pulse_for_activity": "pulse_since",
    "new_biologic_for_activity": "new_biologic_activity",
    "gc_raised_for_activity": "gc_raised_activity",
}
_FIELDS_68 = tuple(PREFIX + joint for joint in JOINTS_68)


def flare_fields(key: str, answers: Answers, dose: Callable[[Answers], tuple[str, ...]]) -> tuple[str, ...]:
    """Fields of this visit; what was open at the visit before keeps the name `previous`."""
    where, _, name = key.partition(".")
    if where == "previous":
        return ("previous",)
    if name == "pred_eq":
        return dose(answers)
    if name == "phga":
        return phga_fields(name, answers)
    asked = {
        "now.sledai": WEIGHTS,
        "new_or_worse": NEW_OR_WORSE.values(),
        "new_immunosuppressants": NEW_DRUGS.values(),
    }
    if key in asked:
        return _open(asked[key], answers)
    return (name or _FLARE.get(key, key),)


def phga_fields(key: str, answers: Answers) -> tuple[str, ...]:
    """The physician's global, on the scale that is used."""
    return ("phga_raw",) if answers.get("phga_scale") in PHGA_SCALES else ("phga",)


def clasi_fields(key: str, answers: Answers) -> tuple[str, ...]:
    """The area or the question; whether skin is involved at all comes first."""
    if answers.get(SKIN) != 1:
        return (SKIN,)
    part, _, area = key.partition(".")
    if area:
        return (CLASI_FIELDS[part][area],)
    return (CLASI_PATIENT.get(key, "clasi_dyspig_12m"),)


def joint_fields(key: str, answers: Answers) -> tuple[str, ...]:
    """How joints are recorded, else the joints or counts that are open."""
    method = answers.get("joint_method")
    if type(method) is not int:
        return ("joint_method",)
    if method == COUNTED:
        return ("sjc28",) if key == "swollen28" else _open(("tjc28", "sjc28", "active28"), answers)
    return _open(_FIELDS_68 if method == SINGLE_68 and key != "swollen28" else FIELDS_28, answers)


def sdi_fields(key: str, answers: Answers) -> tuple[str, ...]:
    """The item."""
    return (SDI_FIELDS.get(key, key),)


def numbered_fields(prefix: str, key: str, answers: Answers) -> tuple[str, ...]:
    """The item of a questionnaire, from `answers.5`."""
    return (prefix + key.partition(".")[2],)


def eq5d_fields(key: str, answers: Answers) -> tuple[str, ...]:
    """The dimension, or the visual scale."""
    return (key if key == "eq_vas" else f"eq5d_{key.lower()}",)


def scale_fields(field: str, key: str, answers: Answers) -> tuple[str, ...]:
    """The scale, or how it was printed."""
    return (field if key == "raw" else "vas_scale",)


def event_fields(key: str, answers: Answers) -> tuple[str, ...]:
    """The question of the adverse event's form."""
    return (key,)


def _open(fields: Iterable[str], answers: Answers) -> tuple[str, ...]:
    return tuple(name for name in fields if name not in answers or isinstance(answers[name], Missing))
