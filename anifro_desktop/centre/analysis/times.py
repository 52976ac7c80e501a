"""Times to an event: response, flares, damage, drug retention, infections. Which they are, and how each is analysed.

Definitions are those of the study's endpoints (NCT07215754): time to response 3, rates and curves 4, retention
(treatment 5). Conventions: `survival` for the statistics, `spells` for what counts as an event of one person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from anifro_desktop.centre.analysis import spells
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.spells import Reading
from anifro_desktop.centre.analysis.table import Section
from anifro_desktop.centre.analysis.time_tables import Analysis, Endpoint, table_and_figure
from anifro_desktop.forms.model import Label

_DELAYED = Label("Ingresso ritardato, lettura definita", "Delayed entry, settled reading")
_DELAYED_OBSERVED = Label("Ingresso ritardato, lettura osservata", "Delayed entry, observed reading")
_NAIVE = Label("Dal giorno 0 (ingenua), lettura definita", "From day 0 (naive), settled reading")
_NAIVE_OBSERVED = Label("Dal giorno 0 (ingenua), lettura osservata", "From day 0 (naive), observed reading")

_RESPONDED = Label("Con risposta (1 − S)", "With response (1 − S)")
_FREE_OF_FLARE = Label("Liberi da riacutizzazione", "Free of flare")
_FREE_OF_SEVERE = Label("Liberi da riacutizzazione grave", "Free of severe flare")
_FREE_OF_DAMAGE = Label("Senza nuovo danno", "Free of new damage")
_ON_DRUG = Label("Ancora in terapia", "Still on the drug")
_KEPT = Label("Persistenza in terapia", "Drug retention")
_FREE_OF_EVENT = Label("Liberi dall’evento", "Free of the event")

_RESPONSES = {
    "ttr_lldas": Label("Tempo a LLDAS", "Time to LLDAS"),
    "ttr_doris": Label("Tempo alla remissione DORIS", "Time to DORIS remission"),
    "ttr_sledai4": Label(
        "Tempo a una riduzione di SLEDAI-2K di almeno 4 punti",
        "Time to a fall of SLEDAI-2K by at least 4 points",
    ),
    "ttr_clasi50": Label("Tempo a CLASI-50", "Time to CLASI-50"),
    "ttr_joint50": Label("Tempo a una risposta articolare del 50 %", "Time to a joint response of 50 %"),
    "ttr_gc5": Label(
        "Tempo a prednisone ≤5 mg/die (equivalente)", "Time to prednisone ≤5 mg/day (equivalent)"
    ),
}
_FIRST_HIT = Label(
    "Evento: prima valutazione dopo il giorno 0 che soddisfa la regola, senza conferma; censura all’ultima valutazione "
    "giudicabile. Non valutabile: chi al basale soddisfa già la regola o ha troppo poco da perdere. La risposta si "
    "vede solo alle valutazioni: può essere iniziata prima. Una visita pochi giorni dopo il mese previsto conta "
    "solo da lì.",
    "Event: first assessment after day 0 that meets the rule, without confirmation; censored at the last assessment "
    "that could be judged. Not evaluable: whoever meets the rule at baseline already, or has too little to lose. A "
    "response is seen at assessments only: it may have begun before. A visit some days after the planned month counts "
    "from then only.",
)
_CONFIRMED = Label(
    "Sensibilità: conta solo se anche la valutazione successiva giudicabile soddisfa la regola (giorno della prima); "
    "una risposta all’ultima valutazione non è confermata e si censura lì.",
    "Sensitivity: counts only if the next assessment that could be judged meets the rule too (day of the first); a "
    "response at the last assessment is not confirmed, and censored there.",
)
_TO_THE_END = Label(
    "Censura alla fine dell’osservazione: ultimo contatto, revoca del consenso, morte, taglio dei dati. La morte è una "
    "censura, non un evento: la stima vale per chi resta in vita. Contano gli eventi dall’ingresso in osservazione.",
    "Censored at the end of observation: last contact, withdrawal of consent, death, data cut. Death is a censoring, "
    "no event: the estimate is about those who stay alive. Events count from the entry into observation on.",
)
_FLARE = Label(
    "Riacutizzazione secondo il SFI modificato; giorno: quello indicato dal clinico, altrimenti quello della visita. "
    "Una valutazione dalla classe non nota che poteva essere la prima riacutizzazione esclude dalla lettura definita.",
    "Flare by the modified SFI; day: the clinician’s, else that of the visit. An assessment of unknown class that may "
    "have been the first flare excludes from the settled reading.",
)
_INTERVAL = Label(
    "Il danno è censurato a intervallo: si vede alla prima valutazione con SDI sopra il basale, ma è comparso in un "
    "momento imprecisato dopo la precedente; la curva lo colloca al giorno della valutazione, cioè tardi. Sensibilità: "
    "a metà tra le due. Censura all’ultima valutazione con aumento noto; non noto: SDI basale o successivo mancante.",
    "Damage is interval-censored: it is seen at the first assessment with SDI above baseline, but came at some time "
    "after the one before; the curve puts it on the day of the assessment, that is late. Sensitivity: half-way between "
    "the two. Censored at the last assessment with accrual known; unknown: SDI missing at baseline or later.",
)
_RETENTION = Label(
    "Evento: sospensione definitiva per qualunque motivo, morte compresa; giorno: quello della decisione, altrimenti "
    "dell’ultima dose. Cambio di via e sospensione temporanea non sono eventi. Per motivo: inefficacia (primaria o "
    "secondaria), evento avverso (infezione compresa); gli altri motivi sono censurati, e la stima vale solo se non "
    "dipendono dal motivo in esame. Un motivo non noto esclude dall’analisi per motivo. Sensibilità: giorno "
    "dell’ultima dose.",
    "Event: permanent discontinuation for any reason, death included; day: that of the decision, else the last dose. "
    "A change of route and a temporary stop are no events. By reason: inefficacy (primary or secondary), adverse event "
    "(infection included); other reasons are censored, and the estimate holds only if they do not depend on the reason "
    "looked at. An unknown reason excludes from the analysis by reason. Sensitivity: day of the last dose.",
)
_PARTIAL_DATE = Label(
    "Inizio noto solo al mese o all’anno: escluso dalla lettura definita; in quella osservata a metà dei giorni "
    "possibili. Un evento di categoria o gravità non nota, che poteva essere il primo, esclude dalla lettura definita.",
    "A start known to its month or year only: excluded from the settled reading; in the observed one in the middle of "
    "its possible days. An event of unknown category or seriousness that may have been the first one excludes from the "
    "settled reading.",
)


def _four(reading: Callable[[bool], Reading]) -> tuple[Analysis, ...]:
    """Both readings, with delayed entry and from day 0. reading: of whether it is the observed one."""
    settled, observed = reading(False), reading(True)
    return (
        Analysis("delayed", _DELAYED, settled, drawn=True),
        Analysis("delayed_observed", _DELAYED_OBSERVED, observed, drawn=True),
        Analysis("naive", _NAIVE, settled, delayed=False),
        Analysis("naive_observed", _NAIVE_OBSERVED, observed, delayed=False),
    )


def _response(rule: str, title: Label) -> Endpoint:
    confirmed = Label(
        "Ingresso ritardato, confermata alla valutazione successiva",
        "Delayed entry, confirmed at the next assessment",
    )
    analyses = (
        *_four(lambda observed: spells.response(rule, observed)),
        Analysis("confirmed", confirmed, spells.confirmed(rule)),
    )
    return Endpoint(rule, title, _RESPONDED, analyses, rising=True, notes=(_FIRST_HIT, _CONFIRMED))


def _flares() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            "first_flare",
            Label("Tempo alla prima riacutizzazione", "Time to the first flare"),
            _FREE_OF_FLARE,
            _four(lambda observed: spells.flare(spells.ANY_FLARE, observed)),
            notes=(_FLARE, _TO_THE_END),
        ),
        Endpoint(
            "first_severe_flare",
            Label("Tempo alla prima riacutizzazione grave", "Time to the first severe flare"),
            _FREE_OF_SEVERE,
            _four(lambda observed: spells.flare(spells.SEVERE_FLARE, observed)),
            notes=(_FLARE, _TO_THE_END),
        ),
    )


def _damage() -> Endpoint:
    halfway = Label(
        "Ingresso ritardato, a metà tra le due valutazioni",
        "Delayed entry, half-way between the two assessments",
    )
    analyses = (
        Analysis("delayed_observed", _DELAYED_OBSERVED, spells.damage, drawn=True),
        Analysis("naive_observed", _NAIVE_OBSERVED, spells.damage, delayed=False),
        Analysis("halfway", halfway, spells.damage_halfway),
    )
    title = Label("Tempo al primo accumulo di danno", "Time to the first damage accrual")
    return Endpoint("time_to_damage", title, _FREE_OF_DAMAGE, analyses, notes=(_INTERVAL,))


def retention() -> Endpoint:
    """Drug retention, in all its analyses; the first is that with delayed entry, of settled ends."""
    last_dose = Label("Ingresso ritardato, giorno dell’ultima dose", "Delayed entry, day of the last dose")
    inefficacy = Label("Ingresso ritardato, solo inefficacia", "Delayed entry, inefficacy only")
    adverse = Label("Ingresso ritardato, solo evento avverso", "Delayed entry, adverse event only")
    analyses = (
        *_four(spells.kept),
        Analysis("last_dose", last_dose, spells.kept(last_dose=True)),
        Analysis("inefficacy", inefficacy, spells.kept(reasons=spells.INEFFICACY), drawn=True),
        Analysis("adverse_event", adverse, spells.kept(reasons=spells.ADVERSE_EVENT), drawn=True),
    )
    return Endpoint("drug_retention", _KEPT, _ON_DRUG, analyses, notes=(_RETENTION,))


def _infections() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            "first_serious_infection",
            Label("Tempo alla prima infezione grave", "Time to the first serious infection"),
            _FREE_OF_EVENT,
            _four(lambda observed: spells.adverse("infection", observed)),
            notes=(_PARTIAL_DATE, _TO_THE_END),
        ),
        Endpoint(
            "first_zoster",
            Label("Tempo al primo herpes zoster", "Time to the first herpes zoster"),
            _FREE_OF_EVENT,
            _four(lambda observed: spells.adverse("zoster", observed)),
            notes=(_PARTIAL_DATE, _TO_THE_END),
        ),
    )


_SECTIONS: Mapping[str, tuple[Label, tuple[Endpoint, ...]]] = {
    "time_to_response": (
        Label("Tempo alla risposta", "Time to response"),
        tuple(_response(rule, title) for rule, title in _RESPONSES.items()),
    ),
    "time_to_flare": (Label("Tempo alla riacutizzazione", "Time to flare"), _flares()),
    "time_to_damage": (
        Label("Tempo al primo accumulo di danno", "Time to the first damage accrual"),
        (_damage(),),
    ),
    "drug_retention": (_KEPT, (retention(),)),
    "time_to_infection": (Label("Tempo all’infezione", "Time to infection"), _infections()),
}
# Every endpoint, in the order of the report.
ENDPOINTS = tuple(endpoint for _, endpoints in _SECTIONS.values() for endpoint in endpoints)


def _section(name: str, people: Sequence[Person]) -> Section:
    title, endpoints = _SECTIONS[name]
    made = [table_and_figure(endpoint, people) for endpoint in endpoints]
    return Section(name, title, tuple(table for table, _ in made), tuple(figure for _, figure in made))


def time_to_response(people: Sequence[Person]) -> Section:
    """Time to each of the six responses."""
    return _section("time_to_response", people)


def time_to_flare(people: Sequence[Person]) -> Section:
    """Time to the first flare, and to the first severe one."""
    return _section("time_to_flare", people)


def time_to_damage(people: Sequence[Person]) -> Section:
    """Time to the first damage above baseline. What cannot be judged is passed over in all its analyses."""
    return _section("time_to_damage", people)


def drug_retention(people: Sequence[Person]) -> Section:
    """How long anifrolumab was kept: for any reason, and by reason."""
    return _section("drug_retention", people)


def time_to_infection(people: Sequence[Person]) -> Section:
    """Time to the first serious infection, and to the first herpes zoster."""
    return _section("time_to_infection", people)
