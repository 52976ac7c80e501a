"""Handing a patient over and taking one over with commands: what is said, and every refusal in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from study_parts import DAY_0, enrol, signed
from whole_study import Done, Study, run_here


@pytest.fixture
def subject(study: Study) -> str:
    with study.at_site("P03") as site:
        code = enrol(site)
        signed(site, code, "baseline", DAY_0)
    return code


def card(study: Study, code: str) -> tuple[Path, str]:
    """The card of a computer, and its fingerprint as somebody reads it out."""
    with study.at_site(code) as site:
        (file,) = site.folder.glob("card-*.anfk")
        return file, site.card().fingerprint


def hand(study: Study, subject: str, *rest: object) -> Done:
    file, mark = card(study, "P04")
    given = rest or ("--card", file, "--fingerprint", mark, "--to", study.stick)
    return study.command("site", "handover", subject, *given, data=study.site("P03"))


def test_handed_over_looked_at_and_taken(study: Study, subject: str) -> None:
    made = hand(study, subject)
    assert made.code == 0, made.err
    assert (made.data["subject"], made.data["site"]) == (subject, "P04")
    file = study.stick / made.data["name"]
    take = ("site", "take", file, "--fingerprint", made.data["fingerprint"])
    seen = study.command(*take, data=study.site("P04"))
    assert (seen.code, seen.data["taken"], seen.data["visits"]) == (0, False, {"baseline": "signed"})
    with study.at_site("P04") as site:
        assert site.clinical.subjects() == ()
    taken = study.command(*take, "--yes", data=study.site("P04"))
    assert (taken.code, taken.data["taken"]) == (0, True)
    status = study.command("site", "status", data=study.site("P04"))
    assert [row["subject"] for row in status.data["patients"]] == [subject]
    for code in ("P03", "P04"):
        assert study.send(code).code == 0
    assert study.take_in().code == 0
    (told,) = study.command("centre", "status").data["handovers"]
    assert (told["subject"], told["state"]) == (subject, "moved")


@pytest.mark.parametrize("lang", ["it", "en"])
def test_what_it_says_names_no_person(study: Study, subject: str, lang: str) -> None:
    file, mark = card(study, "P04")
    words = [
        one for one in study.words("site", "handover", subject, data=study.site("P03")) if one != "--json"
    ]
    words[words.index("en")] = lang
    done = run_here([*words, "--card", str(file), "--fingerprint", mark, "--to", str(study.stick)])
    assert done.code == 0
    assert {"it": "mai attraverso Pisa", "en": "never by way of Pisa"}[lang] in done.out
    assert "Sintetica" not in done.out + done.err


def test_a_lost_file_is_written_again_and_taken_back(study: Study, subject: str) -> None:
    first = hand(study, subject).data["name"]
    (study.stick / first).unlink()
    assert hand(study, subject, "--to", study.stick).data["name"] == first
    refused = hand(study, subject, "--take-back")
    assert refused.code == 1
    assert "in a few words" in refused.err
    assert hand(study, subject, "--take-back", "--reason", "lost on the way").code == 0
    assert hand(study, subject).code == 0


@pytest.mark.parametrize("rest", [(), ("--card", "x"), ("--take-back", "--give-up")])
def test_half_a_command_is_wrong_usage(study: Study, subject: str, rest: tuple[str, ...]) -> None:
    done = study.command("site", "handover", subject, *rest, data=study.site("P03"))
    assert done.code == 2


def test_an_altered_file_and_a_wrong_fingerprint_are_refused(study: Study, subject: str) -> None:
    made = hand(study, subject).data
    file = study.stick / made["name"]
    _, own = card(study, "P04")
    done = study.command("site", "take", file, "--fingerprint", own, "--yes", data=study.site("P04"))
    assert (done.code, json.dumps(done.err).count("fingerprint") > 0) == (1, True)
    data = bytearray(file.read_bytes())
    data[-100] ^= 1
    file.write_bytes(data)
    done = study.command(
        "site", "take", file, "--fingerprint", made["fingerprint"], "--yes", data=study.site("P04")
    )
    assert done.code == 1
    with study.at_site("P04") as site:
        assert site.clinical.subjects() == ()
