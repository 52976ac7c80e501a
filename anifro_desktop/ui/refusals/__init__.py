"""The sentence for every refusal a person can meet at a screen: what happened, to what, what to do next.

By stable code, or by code and one parameter's value (`cannot_save.full`). The English stands in the modules here, one
for each subject, the Italian in `resources/i18n/anifro_it.ts` (context `Refusals`); a test walks every refusal of the
program and asks for its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from anifro_desktop.ui.refusals.backups import BACKUPS
from anifro_desktop.ui.refusals.exchange import EXCHANGE
from anifro_desktop.ui.refusals.files import FILES
from anifro_desktop.ui.refusals.machine import MACHINE
from anifro_desktop.ui.refusals.network import NETWORK
from anifro_desktop.ui.refusals.people import PEOPLE
from anifro_desktop.ui.refusals.records import RECORDS

SENTENCES: Mapping[str, Any] = MappingProxyType(  # Any: the type that Qt gives to its marker is `object`
    {**MACHINE, **PEOPLE, **RECORDS, **EXCHANGE, **FILES, **BACKUPS, **NETWORK}
)
