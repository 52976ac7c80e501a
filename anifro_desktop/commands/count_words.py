"""The centre's words beside a count, for one and for more, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anifro_desktop.commands.counting import counted

_COUNTED: Mapping[str, Mapping[str, str]] = {
    "it": {
        "records": "{count:# scheda o risposta|# schede o risposte}",
        "bad": "{count:# scheda non accolta|# schede non accolte}",
        "differences": "{count:# punteggio diverso|# punteggi diversi}",
        "missing": "{count:manca|mancano}",
        "patients": "{count:# paziente|# pazienti}",
        "serious": "{count:evento avverso grave #|eventi avversi gravi #}",
        "new": "{count:# nuovo|# nuovi}",
        "unsigned": "{count:# non firmato|# non firmati}",
        "asked": "{count:# richiesta aspetta|# richieste aspettano} la sede",
        "answered": "{count:# aspetta|# aspettano} Pisa",
        "verified": "{count:# verifica|# verifiche} con la fonte",
        "changed": "{count:# cambiata|# cambiate} dopo",
        "rows": "{count:# riga|# righe}",
        "columns": "{count:# variabile|# variabili}",
        "files": "{count} file",
    },
    "en": {
        "records": "{count:# form or answer|# forms or answers}",
        "bad": "{count:# form|# forms} not taken",
        "differences": "{count:# score differs|# scores differ}",
        "missing": "missing",
        "patients": "{count:# patient|# patients}",
        "serious": "{count:serious adverse event #|serious adverse events #}",
        "new": "{count} new",
        "unsigned": "{count} unsigned",
        "asked": "{count:# question waits|# questions wait} for the site",
        "answered": "{count:# waits|# wait} for Pisa",
        "verified": "{count:# source verification|# source verifications}",
        "changed": "{count} changed since",
        "rows": "{count:# row|# rows}",
        "columns": "{count:# variable|# variables}",
        "files": "{count:# file|# files}",
    },
}


def centre_counted(what: str, count: int, lang: str) -> str:
    """A count with its words."""
    return counted(_COUNTED[lang][what], count=count)


def lacking(numbers: Sequence[int], lang: str) -> str:
    """Which bundles are missing; at least one."""
    return f"{centre_counted('missing', len(numbers), lang)} {', '.join(map(str, numbers))}"


def size_of_table(rows: int, columns: int, lang: str) -> str:
    """How long and how wide."""
    return f"{centre_counted('rows', rows, lang)}, {centre_counted('columns', columns, lang)}"
