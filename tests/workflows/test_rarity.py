"""Who could be recognised by what leaves: told at the site, kept in the trail, never in the way."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest
from study_parts import DAY_0, enrol, signed, someone

from anifro_desktop.commands import site_sync
from anifro_desktop.forms.model import Label
from anifro_desktop.workflows import rarity, sending
from anifro_desktop.workflows.site import Site


def several(site: Site, count: int, first: int = 1) -> list[str]:
    """Women of about one age, enrolled in one half-year."""
    return [
        enrol(site, someone(first + number, birth_date=date(1980, 1, 1 + number))) for number in range(count)
    ]


def test_among_patients_who_are_alike_nobody_stands_out(site: Site) -> None:
    several(site, 4)
    found = rarity.rarity(site)
    assert (found.patients, found.few, found.smallest, found.standing) == (4, 0, 4, ())


def test_the_only_one_of_an_age_stands_out_by_it_alone(site: Site) -> None:
    several(site, 3)
    old = enrol(site, someone(9, birth_date=date(1940, 5, 5)))
    found = rarity.rarity(site)
    assert [(one.subject, one.facts, one.shared) for one in found.standing] == [
        (old, (Label("80 anni o più", "80 years or more"),), 1)
    ]
    assert (found.few, found.smallest) == (1, 1)


def test_a_rare_illness_tells_even_among_many(site: Site) -> None:
    codes = several(site, 4)
    signed(site, codes[2], "baseline", DAY_0, sdi_stroke="1")
    (one,) = rarity.rarity(site).standing
    assert (one.subject, one.shared) == (codes[2], 1)
    assert one.facts[0].en == "Stroke: One"
    assert one.facts[0].it


def test_no_date_and_no_name_is_in_it(site: Site) -> None:
    several(site, 2)
    told = repr(rarity.rarity(site))
    assert "1980" not in told
    assert someone(1).surname not in told


def test_it_never_keeps_anything_back_and_is_told_in_the_trail(site: Site, stick: Path) -> None:
    enrol(site)
    assert rarity.rarity(site).few == 1
    assert sending.export(site, stick).seq == 1
    (act,) = site.clinical.audit_entries(table="act", field="looked_over")
    assert act.entry.new == {"texts_held": 0, "patients": 1, "few_alike": 1, "standing_out": 1}


def test_nobody_enrolled_is_nobody_to_recognise(site: Site) -> None:
    assert rarity.rarity(site) == rarity.Rarity(0, 0, 0, (), 0)


def test_who_is_told_only_by_three_facts_together_is_counted_as_another(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    several(site, 3)
    before = {"consent_date": "2025-10-06", "enrolment_date": "2025-10-06"}
    earlier = [enrol(site, someone(5 + number, birth_date=date(1980, 2, 1)), **before) for number in range(2)]
    old = enrol(site, someone(9, birth_date=date(1940, 5, 5)))
    found = rarity.rarity(site)
    assert ([one.subject for one in found.standing], found.few, found.others) == ([old], 3, len(earlier))
    site_sync._review(Namespace(lang="it", json=False), site)
    assert "  e altri 2, solo per i tre fatti insieme\n" in capsys.readouterr().out
