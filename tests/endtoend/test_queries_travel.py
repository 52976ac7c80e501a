"""Questions of the centre on their way to a site and back: answered, amended, closed, opened again; lost and repeated
files, a restored site, a withdrawn patient. Everything by commands and files, as people do it."""

from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from event_acts import signed_event, withdrawal
from study_parts import PASSPHRASE, someone, type_in, vector
from whole_study import MANAGER, Done, Study, run_here

from anifro_desktop.centre.backups import back_up, restore
from anifro_desktop.centre.querying import Question, raise_query
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.store.slots import User
from anifro_desktop.store.staff import add_user
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import queries, visits
from anifro_desktop.workflows.exchange_errors import QueryRefused
from anifro_desktop.workflows.site import Site

FIELD = "platelets"


@pytest.fixture(scope="module")
def asked_template(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A site whose patient V1 is at the centre, with a question of the centre on the stick."""
    study = study_template.copy(tmp_path_factory.mktemp("asked") / "study")
    assert study.enter(vector("v1")).code == 0
    study.send()
    assert study.take_in().code == 0
    done = ask(study, "--field", FIELD, "--text", "Il valore è giusto?")
    assert done.code == 0, done.err
    assert study.command("centre", "reply", "--to", study.stick).code == 0
    return study


@pytest.fixture
def asked(asked_template: Study, tmp_path: Path) -> Study:
    """A copy of it for this test alone."""
    return asked_template.copy(tmp_path / "study")


def subject(study: Study) -> str:
    return str(study.command("site", "status").data["patients"][0]["subject"])


def said(study: Study, area: str, group: str, verb: str, *rest: str, data: Path | None = None) -> Done:
    """A verb of a group of verbs: `centre query close ...`."""
    plain = study.words(area, group, *rest, data=data)
    return run_here([*plain[:2], verb, *plain[2:]])


def ask(study: Study, *words: str) -> Done:
    place = () if "--from" in words else (subject(study), "--visit", "baseline")
    return said(study, "centre", "query", "raise", *place, *words)


def pisa(study: Study, verb: str, *words: str) -> Done:
    return said(study, "centre", "query", verb, *words)


def clinic(study: Study, verb: str, *words: str, data: Path | None = None) -> Done:
    return said(study, "site", "queries", verb, *words, data=data)


def at_site(study: Study, *more: str) -> list[dict[str, Any]]:
    return list(clinic(study, "list", *more).data)


def at_centre(study: Study, *more: str) -> list[dict[str, Any]]:
    return list(pisa(study, "list", *more).data)


def told(threads: list[dict[str, Any]]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(one["state"], [(act["act"], act["text"]) for act in one["acts"]]) for one in threads]


def exchange(study: Study) -> None:
    """One round: what the site has goes to the centre, what the centre has to the site."""
    study.send()
    study.take_in()
    study.hear()


def test_a_question_is_answered_asked_again_answered_and_closed(asked: Study) -> None:
    heard = [item for item in asked.hear().data if item["state"] == "queries"]
    assert [(item["asked"], item["said"]) for item in heard] == [(1, 0)]
    listed = clinic(asked, "list")
    assert listed.code == 1  # something waits for this site
    (one,) = listed.data
    assert (one["visit"], one["field"], one["ver"], one["state"]) == ("baseline", FIELD, 1, "open")
    answered = clinic(asked, "answer", one["id"][:8], "--text", "Sì, ripetuto due volte.")
    assert answered.data["state"] == "answered"
    assert clinic(asked, "list").code == 0
    exchange(asked)
    assert told(at_centre(asked, "--state", "answered")) == [
        ("answered", [("raise", "Il valore è giusto?"), ("answer", "Sì, ripetuto due volte.")])
    ]
    assert pisa(asked, "reopen", one["id"], "--text", "Con quale metodo?").code == 0
    exchange(asked)
    assert told(at_site(asked))[0][0] == "open"
    clinic(asked, "ask-back", one["id"], "--text", "Quale metodo si intende?")
    exchange(asked)
    assert pisa(asked, "close", one["id"], "--text", "Va bene così.").code == 0
    exchange(asked)
    assert at_site(asked) == []
    whole = [
        ("raise", "Il valore è giusto?"),
        ("answer", "Sì, ripetuto due volte."),
        ("ask", "Con quale metodo?"),
        ("ask_back", "Quale metodo si intende?"),
        ("close", "Va bene così."),
    ]
    assert told(at_site(asked, "--all")) == told(at_centre(asked)) == [("closed", whole)]
    refused = clinic(asked, "answer", one["id"], "--text", "Ancora una cosa.")
    assert refused.code == 1
    assert "closed" in refused.err


def test_answers_arrive_once_whatever_is_lost_repeated_or_late(asked: Study) -> None:
    asked.hear()
    (one,) = at_site(asked)
    clinic(asked, "answer", one["id"], "--text", "Prima risposta.")
    first = asked.send().data["name"]
    (asked.stick / first).unlink()  # lost on the way
    clinic(asked, "answer", one["id"], "--text", "Seconda risposta.")
    asked.send()
    asked.take_in()
    assert told(at_centre(asked))[0] == (
        "open",
        [("raise", "Il valore è giusto?")],
    )  # held behind the lost one
    asked.hear()
    asked.send()  # the lost one again, byte for byte
    asked.take_in()
    asked.take_in()  # everything on the stick once more
    acts = [("raise", "Il valore è giusto?"), ("answer", "Prima risposta."), ("answer", "Seconda risposta.")]
    assert told(at_centre(asked)) == [("answered", acts)]


def test_files_of_questions_may_come_in_any_order(study: Study, tmp_path: Path) -> None:
    assert study.enter(vector("v1")).code == 0
    study.send()
    study.take_in()
    files = []
    for number, field in enumerate((FIELD, "haemoglobin", "wbc")):
        ask(study, "--field", field, "--text", f"Domanda {number}?")
        if number:
            pisa(study, "close", at_centre(study)[0]["id"])
        folder = tmp_path / f"reply-{number}"
        folder.mkdir()
        done = study.command("centre", "reply", "--to", folder)
        (written,) = done.data["queries"]
        files.append(folder / written["name"])
    study.hear()
    seen = set()
    for number, order in enumerate(permutations(files)):
        site = tmp_path / f"site-{number}"
        shutil.copytree(study.site(), site)
        for file in (*order, order[0]):
            assert study.command("site", "receive", file, data=site).code == 0
        seen.add(json.dumps(clinic(study, "list", "--all", data=site).data))
    assert len(seen) == 1
    here = json.loads(seen.pop())
    assert sorted(here, key=lambda one: one["id"]) == sorted(at_centre(study), key=lambda one: one["id"])


def test_an_altered_file_of_questions_is_refused_and_nothing_is_kept(asked: Study) -> None:
    (file,) = [path for path in asked.stick.iterdir() if "-q001-" in path.name]
    data = bytearray(file.read_bytes())
    data[-100] ^= 1
    file.write_bytes(data)
    done = asked.command("site", "receive", file)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert at_site(asked, "--all") == []


def test_a_question_for_another_site_is_not_read(asked: Study) -> None:
    (file,) = [path for path in asked.stick.iterdir() if "-q001-" in path.name]
    done = asked.command("site", "receive", file, data=asked.site("P04"))
    assert done.code == 1
    assert clinic(asked, "list", "--all", data=asked.site("P04")).data == []


def amend(site: Site, code: str, **answers: Any) -> None:
    visit = visits.open_visit(site, code, "baseline", site.today())
    visits.amend(site, visit, 1, "valore letto male")
    type_in(site, visit, answers)
    visits.complete(site, visit)
    visits.sign_confirmed(site, visit, "responsible")


def test_a_correction_says_by_itself_that_it_answers_the_question(asked: Study) -> None:
    asked.hear()
    code = subject(asked)
    with asked.at_site() as site:
        amend(site, code, haemoglobin="11.9")  # of the same form, but not what was asked about
        assert [one.state for one in queries.threads(site, code)] == ["open"]
        amend(site, code, **{FIELD: "191"})
    (one,) = at_site(asked)
    assert (one["state"], one["acts"][-1]["act"], one["acts"][-1]["ver"]) == ("answered", "correct", 3)
    exchange(asked)
    (there,) = at_centre(asked)
    assert (there["state"], there["acts"][-1]["act"], there["acts"][-1]["ver"]) == ("answered", "correct", 3)
    pisa(asked, "reopen", one["id"], "--text", "Non torna ancora.")
    exchange(asked)
    with asked.at_site() as site:
        amend(site, code, haemoglobin="12.1")
        assert [one.state for one in queries.threads(site, code)] == ["open"]


def test_a_correction_cannot_be_claimed_that_was_not_made(asked: Study) -> None:
    asked.hear()
    (one,) = at_site(asked)
    done = clinic(asked, "corrected", one["id"])
    assert done.code == 1
    assert "amend" in done.err


def test_words_that_tell_who_somebody_is_do_not_leave(asked: Study) -> None:
    asked.hear()
    (one,) = at_site(asked)
    with asked.at_site() as site:
        known(site, "Testoni")
    with asked.at_site() as site:
        for words in ("La signora Testoni dice di sì", "controllato il 12/03/2026", "tel. 347 1234567"):
            with pytest.raises(QueryRefused) as refused:
                queries.answer(site, one["id"], words)
            assert refused.value.params["why"] == "identifying"
        assert queries.threads(site)[0].state == "open"


def known(site: Site, surname: str) -> None:
    """A patient of that name comes to the site."""
    assert site.identities is not None
    site.identities.save(site.clinical.subjects()[0].code, someone(7, surname=surname), "corretto")


def test_a_name_known_only_later_is_withheld_when_it_leaves(asked: Study) -> None:
    asked.hear()
    (one,) = at_site(asked)
    clinic(asked, "answer", one["id"], "--text", "Chiesto a Testoni, conferma.")
    with asked.at_site() as site:
        known(site, "Testoni")
    exchange(asked)
    assert told(at_centre(asked))[0][1][-1] == ("answer", "[withheld]")


def test_a_restored_site_gets_its_answers_back(asked: Study, tmp_path: Path) -> None:
    asked.hear()
    old = tmp_path / "old"
    shutil.copytree(asked.site(), old)
    (one,) = at_site(asked)
    clinic(asked, "answer", one["id"], "--text", "Confermato.")
    exchange(asked)
    before = told(at_site(asked, "--all"))
    shutil.rmtree(asked.site())
    shutil.copytree(old, asked.site())
    exchange(asked)
    assert told(at_site(asked, "--all")) == before == told(at_centre(asked))
    asked.command("site", "export", "--to", asked.stick, "--anew", "computer rimesso da una copia")
    exchange(asked)
    assert told(at_site(asked, "--all")) == before == told(at_centre(asked))


def test_the_same_question_is_not_open_twice(asked: Study) -> None:
    again = ask(asked, "--field", FIELD, "--text", "E questo?")
    assert again.code == 1
    assert at_centre(asked)[0]["id"] in again.err
    pisa(asked, "close", at_centre(asked)[0]["id"])
    assert ask(asked, "--field", FIELD, "--text", "E questo?").code == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--field", "no_such", "--text", "?"), "no such field"),
        (("--visit", "m99", "--field", FIELD, "--text", "?"), "no such visit"),
        (("--field", FIELD, "--text", " "), "in a few words"),
        (("--field", FIELD, "--text", "x" * 501), "500"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(
    asked: Study, words: tuple[str, ...], reason: str
) -> None:
    refused = ask(asked, *words)
    assert refused.code == 1
    assert reason in refused.err


def test_what_the_centre_found_is_asked_about_once(study: Study) -> None:
    from test_lost_and_repeated import dishonest

    assert study.enter(vector("v1")).code == 0
    with study.at_site() as site:
        dishonest(site, study.stick, {"value": 4})
    study.take_in()
    raised = ask(study, "--from", "differences").data
    assert [(one["kind"], one["visit"], one["about"]) for one in raised] == [
        ("score", "baseline", "sledai2k")
    ]
    assert "4" in raised[0]["acts"][0]["text"]
    assert ask(study, "--from", "differences").data == []
    pisa(study, "close", raised[0]["id"])
    assert ask(study, "--from", "differences").data == []


def test_a_question_that_the_centre_forgot_is_answered_and_closed(asked: Study) -> None:
    """It was raised after the backup that was put back; the site has it, and does not wait for ever."""
    with asked.at_centre() as centre:
        backup = back_up(centre)
    ask(asked, "--field", "haemoglobin", "--text", "E questo?")
    asked.command("centre", "reply", "--to", asked.stick)
    asked.hear()
    restore(asked.centre, backup, SystemClock(), user=MANAGER.code, passphrase=PASSPHRASE)
    asked.command("centre", "reply", "--to", asked.stick)
    asked.hear()
    (lost,) = [one for one in at_site(asked) if one["field"] == "haemoglobin"]
    clinic(asked, "answer", lost["id"], "--text", "Ricontrollato.")
    exchange(asked)
    (one,) = at_centre(asked, "--state", "answered")
    assert (one["id"], one["about"], one["acts"][-1]["text"]) == (lost["id"], "forgotten", "Ricontrollato.")
    assert pisa(asked, "close", one["id"]).code == 0
    exchange(asked)
    assert [one["field"] for one in at_site(asked)] == [FIELD]
    (settled,) = [one for one in at_site(asked, "--all") if one["id"] == lost["id"]]
    assert (settled["state"], settled["acts"][0]["text"]) == ("closed", "E questo?")


def test_the_trail_tells_who_answered(asked: Study) -> None:
    asked.hear()
    (one,) = at_site(asked)
    clinic(asked, "answer", one["id"], "--text", "Confermato.")
    with asked.at_site() as site:
        acts = [entry.entry for entry in site.clinical.audit_entries(table="act")]
    named = [(entry.field, entry.user) for entry in acts if entry.field.startswith("quer")]
    assert named == [("queries_received", "U01"), ("query_answer", "U01")]
    assert asked.command("site", "verify").code == 0
    assert asked.command("centre", "verify").code == 0


def test_a_withdrawn_patient_is_asked_nothing_more(asked: Study) -> None:
    asked.hear()
    code = subject(asked)
    with asked.at_site() as site:
        signed_event(site, code, "withdrawal", **(withdrawal(site.today()) | {"wd_use_before": 0}))
    exchange(asked)
    (one,) = at_centre(asked)
    assert one["state"] == "cancelled"
    refused = ask(asked, "--field", "haemoglobin", "--text", "E questo?")
    assert refused.code == 1
    assert "withdrawn" in refused.err
    exchange(asked)
    assert [item["state"] for item in at_site(asked, "--all")] == ["cancelled"]


def test_a_missing_visit_is_asked_about_and_answers_itself(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    study.send()
    study.take_in()
    with study.at_centre() as centre:
        code = centre.store.revisions()[0].revision.subject
        made = raise_query(centre, Question(code, "La visita manca: è stata fatta?", visit="m06"))
        assert made.query.kind == "missing"
    study.command("centre", "reply", "--to", study.stick)
    study.hear()
    assert [one["visit"] for one in at_site(study)] == ["m06"]
    with study.at_site() as site:
        late = visits.open_visit(site, code, "m06", site.today())
        visits.complete(site, late)
    (one,) = at_site(study)
    assert (one["state"], one["acts"][-1]["act"]) == ("answered", "correct")


def test_the_centre_sees_what_was_verified_and_what_changed_since(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    code = subject(study)
    with study.at_site() as site:
        monitor = User("U03", "Marco Inventato", ("monitor",))
        add_user(site.folder, site.keys, monitor, PASSPHRASE, cost=FLOOR)
    marked = study.command("site", "verified", code, "baseline", "laboratory", "--user", "U03")
    assert [one["state"] for one in marked.data] == ["verified"]
    refused = study.command("site", "verified", code, "baseline", "laboratory", "--user", "U01")
    assert refused.code == 1
    assert "monitor" in refused.err
    exchange(study)
    assert verified(study) == (1, 0)
    with study.at_site() as site:
        amend(site, code, **{FIELD: "191"})
    exchange(study)
    assert verified(study) == (0, 1)


def verified(study: Study) -> tuple[int, int]:
    (site,) = [one for one in study.command("centre", "status").data["sites"] if one["site"] == "P03"]
    return site["verified"], site["changed"]


def test_the_overview_counts_who_waits_for_whom(asked: Study) -> None:
    asked.hear()
    (one,) = at_site(asked)
    counted = [(site["asked"], site["answered"]) for site in asked.command("centre", "status").data["sites"]]
    assert counted == [(1, 0), (0, 0), (0, 0)]
    clinic(asked, "answer", one["id"], "--text", "Confermato.")
    exchange(asked)
    counted = [(site["asked"], site["answered"]) for site in asked.command("centre", "status").data["sites"]]
    assert counted == [(0, 1), (0, 0), (0, 0)]
