"""The settings of the protocol, read once from `protocol.toml` and never changed while the program runs.

Every choice that no single source settles is a named setting there, with its unit, its standing and its
wording in both languages: the codebook shows them all, and a digest of those a rule reads is stored with
each of its results. Settings whose value is a word name the one reading that this program carries out;
another word is refused at load rather than silently ignored. Standard library only.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from anifro_desktop.errors import Refusal
from anifro_desktop.record import canonical

SettingValue = bool | int | float | str | Mapping[str, int]

STATUSES = ("study", "published", "proposed")
_TEXTS = ("status", "it", "en")
_OPTIONAL = ("unit", "source")
# The readings that the code carries out, by setting: one word, or several to choose from.
_READINGS: Mapping[str, str | tuple[str, ...]] = {
    "study.time_zone": "Europe/Rome",
    "schedule.day_zero": "first_dose",
    "schedule.month_end": "clamped",
    "schedule.same_window": "closest_then_earlier",
    "schedule.before_enrolment": "neither_due_nor_missed",
    "analysis.missing": "non_responder",
    "sledai2k.suggest": "confirmed_by_clinician",
    "sledas.rash_both": "general_only",
    "sledas.arthritis": "swollen28",
    "sledas.not_attributable": "no_points",
    "lldas.no_new": "any_descriptor_newly_scored",
    "lldas.myositis": "not_major_organ",
    "lldas.other_major_organ": "not_met",
    "lldas.anifrolumab": "approved",
    "glucocorticoid.stop_denominator": "baseline_dose_above_0",
    "safety.related": "possible_or_more",
    "response.hit": "first",
    "retention.event": "permanent_stop_or_death",
    "retention.undated": "last_dose",
    "sfi.variant": ("bliss", "classic"),
    "sfi.sledai_only": "mild_moderate",
    "sfi.sledai_version": "sledai2k",
    "sfi.pulse": "severe",
    "sfi.doubled_from_zero": "any_start",
    "sfi.rise_without_reason": "due_to_sle",
    "sfi.severe_unknown": "class_unknown",
    "sfi.new_biologic": "not_counted",
    "flare.counting": "highest_class_from_onset",
    "joints.study_count": "joints28",
    "sdi.renal": "esrd_replaces",
    "sdi.since": "diagnosis",
    "questionnaires.out_of_range": "refused",
    "sf36.version": "version_1",
    "sf36.norms": "us_1990",
    "sf36.value": "pcs",
    "rand36.value": "general_health",
    "eq5d5l.value_set": "italy_2022",
    "lupusqol.value": "physical_health",
    "classification.eligible": "chosen_else_any",
    "eular2019.psychosis": "as_answered",
    "eular2019.complement": "both_low_counts",
}


class ProtocolFaults(Refusal):
    """The settings file breaks its rules; the sentence lists every fault."""

    code = "protocol_faults"


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice. key: `section.name`. unit: UCUM code or empty. status: `study`, `published` or `proposed`.
    it, en: what it says. source: where it comes from, or empty."""

    key: str
    value: SettingValue
    status: str
    it: str
    en: str
    unit: str = ""
    source: str = ""


@dataclass(frozen=True)
class Protocol:
    """All settings by key, in the order of the file."""

    settings: Mapping[str, Setting]

    def number(self, key: str) -> float:
        """The number of a setting, in its unit (KeyError: no such setting; TypeError: not a number)."""
        value = self.settings[key].value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"setting {key} is not a number")
        return value

    def word(self, key: str) -> str:
        """The word of a setting (KeyError: no such setting; TypeError: not a word)."""
        value = self.settings[key].value
        if not isinstance(value, str):
            raise TypeError(f"setting {key} is not a word")
        return value

    def table(self, key: str) -> Mapping[str, int]:
        """The small table of a setting (KeyError: no such setting; TypeError: not a table)."""
        value = self.settings[key].value
        if not isinstance(value, Mapping):
            raise TypeError(f"setting {key} is not a table")
        return value

    def section(self, name: str) -> dict[str, Setting]:
        """The settings of a section by the name after the dot."""
        head = f"{name}."
        return {key[len(head) :]: one for key, one in self.settings.items() if key.startswith(head)}

    def digest(self, *sections: str) -> str:
        """SHA-256 (hex) of the values of some sections, of all without any; wording does not count."""
        return _digest(
            {
                key: one.value
                for key, one in self.settings.items()
                if not sections or key.split(".")[0] in sections
            }
        )

    @cached_property
    def version(self) -> str:
        """The first 16 hex digits of the digest of all settings: what people quote."""
        return self.digest()[:16]


def read_protocol(text: str) -> Protocol:
    """The protocol written in TOML.

    Raises:
        ProtocolFaults: with every fault of the text.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProtocolFaults(f"The study settings are not TOML: {error}. Correct the file.") from error
    settings: dict[str, Setting] = {}
    faults: list[str] = []
    for section, entries in data.items():
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            key = f"{section}.{name}"
            found = _faults(key, entry)
            faults += found
            if not found:
                settings[key] = Setting(
                    key, entry["value"], **{k: v for k, v in entry.items() if k != "value"}
                )
    faults += [f"{key}: missing" for key in _READINGS if key not in settings and not _named(key, faults)]
    if faults:
        raise ProtocolFaults("The study settings cannot be used: " + "; ".join(faults) + ".")
    return Protocol(MappingProxyType(settings))


def digest_of(text: str) -> str:
    """The digest of settings as they were written once, which a program of today need not be able to carry out."""
    written = tomllib.loads(text)
    values = {
        f"{section}.{name}": entries[name]["value"]
        for section, entries in written.items()
        for name in entries
    }
    return _digest(values)


def _digest(values: Mapping[str, SettingValue]) -> str:
    return hashlib.sha256(canonical({key: _portable(value) for key, value in values.items()})).hexdigest()


def _named(key: str, faults: list[str]) -> bool:
    return any(fault.startswith(f"{key}:") for fault in faults)


def _faults(key: str, entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return [f"{key}: must be a table with value, status, it and en"]
    faults = [f"{key}: unknown name {name!r}" for name in entry if name not in ("value", *_TEXTS, *_OPTIONAL)]
    faults += [f"{key}: {name} must be a text" for name in _TEXTS if not isinstance(entry.get(name), str)]
    if entry.get("status") not in STATUSES:
        faults.append(f"{key}: status must be one of {', '.join(STATUSES)}")
    value = entry.get("value")
    if not isinstance(value, bool | int | float | str | dict):
        faults.append(f"{key}: value must be a number, a yes/no, a word or a table")
    reading = _READINGS.get(key, ())
    known = (reading,) if isinstance(reading, str) else reading
    if known and (not isinstance(value, str) or value not in known):
        faults.append(f"{key}: this program knows only {', '.join(map(repr, known))}")
    elif isinstance(value, str) and not known:
        faults.append(f"{key}: no words expected here")
    return faults


def _portable(value: SettingValue) -> Any:
    """The value as text that is the same on every machine; 5 and 5.0 are one number."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return repr(float(value))
    return dict(value)


PROTOCOL = read_protocol(Path(__file__).with_name("protocol.toml").read_text(encoding="utf-8"))
