"""The audit trail from the command line: found, read, kept, printed, reviewed; refused in one sentence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from study_parts import DAY_0, PASSPHRASE, PERSON, TestClock, copied, enrol, opened_site, signed, type_in
from whole_study import Done, run_here

from anifro_desktop.workflows import visits

Run = Callable[..., Done]


@pytest.fixture
def subject(place: Path) -> str:
    """A patient whose signed baseline was amended: 84 platelets (×10⁹/L) are 90."""
    site = opened_site(place, TestClock())
    try:
        code = enrol(site)
        visit = signed(site, code, "baseline", DAY_0)
        visits.amend(site, visit, 2, "second sheet")
        type_in(site, visit, {"platelets": "90"})
        visits.complete(site, visit)
    finally:
        site.close()
    return code


@pytest.fixture
def place(pisa_template: tuple[object, Path], tmp_path: Path) -> Path:
    """A site, closed."""
    return copied(pisa_template[1], tmp_path / "site")


@pytest.fixture
def audit(place: Path) -> Run:
    """Run `site audit` there."""
    secret = place.parent / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def run(*words: str, lang: str = "en") -> Done:
        options = ["--data", str(place), "--passphrase-file", str(secret), "--user", PERSON.code]
        return run_here(["site", "audit", *words, *options, "--lang", lang])

    return run


def listed(done: Done) -> Any:
    assert done.code == 0, done
    return json.loads(done.out)


def test_the_entries_of_a_question_are_read_as_on_the_form(audit: Run, subject: str) -> None:
    asked = ("--subject", subject, "--visit", "baseline", "--field", "platelets")
    done = audit(*asked)
    assert done.code == 0, done
    assert "84 ×10⁹/L → 90 ×10⁹/L | Source document corrected: second sheet" in done.out
    assert "Documento originale corretto: second sheet" in audit(*asked, lang="it").out
    (changed,) = listed(audit(*asked, "--after-signature", "--json", "--by", "U01"))[:1]
    assert (changed["old"], changed["new"], changed["table"]) == ("84 ×10⁹/L", "90 ×10⁹/L", "answers")
    assert listed(audit(*asked, "--to", "2026-03-04", "--json")) == []
    assert audit(*asked, "--to", "2026-03-04").out.strip() == "No entry."


def test_the_enrolment_is_asked_for_by_its_name(audit: Run, subject: str) -> None:
    found = listed(audit("--subject", subject, "--visit", "enrolment", "--field", "sex", "--json"))
    assert {one["new"] for one in found} == {"Female"}


def test_only_the_newest_are_shown_unless_all_are_asked_for(audit: Run, subject: str) -> None:
    done = audit()
    assert len(done.out.splitlines()) == 51
    assert "--all" in done.out.splitlines()[-1]
    assert len(audit("--all").out.splitlines()) > 200


def test_a_copy_is_told_to_the_trail(audit: Run, subject: str) -> None:
    rows = list(csv.DictReader(io.StringIO(audit("--csv", "--subject", subject).out)))
    assert {row["subject"] for row in rows} == {subject}
    told = listed(audit("--kind", "acts", "--json"))
    copies = [one for one in told if one["field"] == "audit_printed"]
    assert [one["new"] for one in copies] == [
        f"as: json; entries: {len(told)}",
        f"as: csv; entries: {len(rows)}",
    ][-len(copies) :]


def test_the_history_of_an_answer_and_of_a_result(audit: Run, subject: str) -> None:
    asked = ("history", "--subject", subject, "--visit", "baseline")
    past = listed(audit(*asked, "--field", "platelets", "--json"))
    assert [(one["value"], one["version"]) for one in past["values"]] == [("84 ×10⁹/L", 1), ("90 ×10⁹/L", 2)]
    assert "Source document corrected" in audit(*asked, "--field", "platelets").out
    assert listed(audit(*asked, "--field", "sledai2k", "--json"))["computed"]


def test_a_review_is_shown_recorded_and_begun_anew(audit: Run, subject: str) -> None:
    first = listed(audit("review", "--json"))
    assert (first["changes"], len(first["after_signature"]), len(first["endpoint"])) == (1, 1, 1)
    assert "dopo la firma: 1" in audit("review", lang="it").out
    assert audit("review", "--reviewed", "nothing unusual").code == 0
    after = listed(audit("review", "--json"))
    assert after["changes"] == 0
    assert after["reviews"][0]["words"] == "nothing unusual"
    assert listed(audit("review", "--everything", "--json"))["changes"] == 1


@pytest.mark.parametrize("what", ["trail", "review", "history"])
def test_each_is_printed_as_pdf(audit: Run, subject: str, tmp_path: Path, qapp: object, what: str) -> None:
    target = tmp_path / "print.pdf"
    asked = ("--subject", subject, "--visit", "baseline", "--field", "platelets") if what != "review" else ()
    done = audit(what, *asked, "--pdf", str(target))
    assert done.code == 0, done
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--subject", "Mario Rossi"), 1, "no patient of that study code"),
        (("--field", "plateletss"), 1, "platelets?"),
        (("--kind", "answer"), 1, "no kind"),
        (("--visit", "m06"), 2, "--subject"),
        (("history", "--field", "platelets"), 2, "--subject"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(
    audit: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    done = audit(*words)
    assert done.code == code, done
    assert said in done.err
    assert "Rossi" not in done.err
    assert "Traceback" not in done.err
    assert audit(*words, lang="it").err != done.err


def test_a_day_that_is_none_is_wrong_usage(audit: Run) -> None:
    done = audit("--from", "3/4")
    assert done.code == 2
    assert "2026-03-14" in done.err


def test_a_pdf_that_cannot_be_written_is_refused(audit: Run, tmp_path: Path, qapp: object) -> None:
    done = audit("--pdf", str(tmp_path / "gone" / "trail.pdf"))
    assert done.code != 0
    assert done.err.strip().endswith(".")
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", ["", "  "])
def test_a_review_of_which_nothing_is_said_is_not_noted(audit: Run, words: str) -> None:
    done = audit("review", "--reviewed", words)
    assert done.code == 1
    assert "say what it was" in done.err
    assert json.loads(audit("review", "--json").out)["reviews"] == []
