"""Signatures under any order of acts, by people of every role, with kills in between: what must hold all the time.

A signed record is what was signed; no signature and no version is ever lost; nobody signs whose role may not; the state
is the one that the table of `signing` says; the trail tells of each step, and the full check is clean at the end.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from event_acts import ZOSTER
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import booleans, sampled_from
from study_parts import DAY_0, PASSPHRASE, TestClock, enrol, fill, keys_of, opened_site, someone, type_in

from anifro_desktop.errors import Refusal
from anifro_desktop.forms import load
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import NotDraft, ReasonNeeded
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.instance import InstanceLock
from anifro_desktop.store.signed import signatures
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import checking, events, mistakes, people, visits
from anifro_desktop.workflows.errors import MoveRefused, NotCompleted, NotReady, NotYourRole, UnknownVisit
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.site import Site

ROLES = {
    "U01": ("investigator", "site_admin"),
    "U02": ("data_entry",),
    "U03": ("monitor",),
    "U04": ("investigator",),
}
MONTH_6 = date(2026, 9, 3)
KEYS = ("baseline", "m06", "ae-001")
# Answers that change no score, one that changes the scores of its visit, and one that later visits are compared with.
TYPED: dict[str, tuple[tuple[str, str], ...]] = {
    "baseline": (("temperature_c", "37"), ("temperature_c", "36.5"), ("alopecia", "0"), ("alopecia", "1")),
    "m06": (("temperature_c", "37"), ("temperature_c", "36.5"), ("platelets", "90"), ("phga", "0.5")),
    "ae-001": (("ae_grade", "2"), ("ae_grade", "3"), ("ae_start", "2026-09-18")),
}
OPEN, DONE = ("draft", "amending"), ("complete", "signed")


def unlocked(folder: Path, clock: TestClock, person: str) -> Site:
    """The site as somebody unlocks it, with keys that are known already."""
    keys, lock = keys_of(folder, person), InstanceLock(folder)
    clinical = ClinicalStore(folder, keys, clock)
    identities = None
    if "identity" in keys.databases:
        identities = IdentityStore(folder, keys, clinical.log, clock)
    names = dict(identities.all()) if identities else {}
    return Site(folder, keys, clock, lock, clinical, identities, load(), clinical.settings(), names)


@pytest.fixture(scope="module")
def template(
    pisa_template: tuple[object, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, str]:
    """A site with one person of each role and two patients, the first with two visits and an event in draft."""
    folder = tmp_path_factory.mktemp("machine") / "site"
    shutil.copytree(pisa_template[1], folder)
    site = opened_site(folder, TestClock())
    subject, other = enrol(site), enrol(site, someone(2))
    fill(site, subject, "baseline", DAY_0)
    fill(site, subject, "m06", MONTH_6, 1)
    event = events.open_event(site, subject, "adverse_event")
    type_in(site, event, ZOSTER)
    for code, roles in list(ROLES.items())[1:]:
        people.add(site, Person(code, "Prova", roles), PASSPHRASE, temporary=False, cost=FLOOR)
    site.close()
    return folder, subject, other


class Signing(RuleBasedStateMachine):
    """One site in the hands of several people."""

    template: ClassVar[tuple[Path, str, str]]

    @initialize()
    def begin(self) -> None:
        source, self.subject, self.other = self.template
        self.home = Path(tempfile.mkdtemp(prefix="anifro-signing-"))
        self.count = 0
        self.clock = TestClock()
        self.folder = self.home / "0"
        shutil.copytree(source, self.folder)
        self.site = unlocked(self.folder, self.clock, "U01")
        self.states = dict.fromkeys(KEYS, "draft")
        self.signatures: set[tuple[Any, ...]] = set()
        self.versions: dict[tuple[str, int], Any] = {}
        self.told = 0

    # What people do

    @rule(code=sampled_from(sorted(ROLES)))
    def lock_and_unlock(self, code: str) -> None:
        self.site.close()
        self.site = unlocked(self.folder, self.clock, code)

    @rule(code=sampled_from(sorted(ROLES)))
    def kill_and_reopen(self, code: str) -> None:
        """The folder as a kill leaves it, with the WAL full: work goes on there."""
        self.count += 1
        left = self.home / str(self.count)
        shutil.copytree(self.folder, left, ignore=shutil.ignore_patterns("*-shm"))
        self.site.close()
        self.folder, self.site = left, unlocked(left, self.clock, code)

    @rule(key=sampled_from(KEYS), number=sampled_from(range(4)))
    def type(self, key: str, number: int) -> None:
        visit = self.open(key)
        if visit is None:
            return
        field, text = TYPED[key][number % len(TYPED[key])]
        if not self.site.may("investigator", "data_entry"):
            self.refused(NotYourRole, lambda: type_in(self.site, visit, {field: text}))
        elif self.states[key] not in OPEN:
            self.refused(NotDraft, lambda: type_in(self.site, visit, {field: text}))
        else:
            type_in(self.site, visit, {field: text})

    @rule(key=sampled_from(KEYS))
    def complete(self, key: str) -> None:
        visit = self.open(key)
        if visit is None:
            return
        if not self.site.may("investigator", "data_entry"):
            self.refused(NotYourRole, lambda: visits.complete(self.site, visit))
            return
        visits.complete(self.site, visit)
        if self.states[key] != "signed":
            self.states[key] = "signed" if self.all_signed(key) else "complete"
        self.follow(key)

    @rule(key=sampled_from(KEYS))
    def complete_a_change_without_a_reason(self, key: str) -> None:
        visit = self.open(key)
        if visit is None or self.states[key] not in DONE or not self.site.may("investigator"):
            return
        field, _ = TYPED[key][0]
        given = visit.session.answers.get(field)
        text = next(text for name, text in TYPED[key] if name == field and text != str(given))
        visit.session.set_text(field, text)
        self.refused(ReasonNeeded, lambda: visits.complete(self.site, visit))

    @rule(key=sampled_from(KEYS), one_form=booleans(), meaning=sampled_from(visits.MEANINGS))
    def sign(self, key: str, one_form: bool, meaning: str) -> None:
        visit = self.open(key)
        if visit is None:
            return
        form = visit.session.forms[-1].id if one_form else ""
        if not self.site.may("investigator"):
            self.refused(NotYourRole, lambda: visits.sign_confirmed(self.site, visit, meaning, form))
            return
        if visits.blocking(visit.session, form):
            self.refused(NotReady, lambda: visits.sign_confirmed(self.site, visit, meaning, form))
            return
        visits.sign_confirmed(self.site, visit, meaning, form)
        self.states[key] = "signed" if not form or self.all_signed(key) else "complete"
        self.follow(key)

    @rule(key=sampled_from(KEYS))
    def amend(self, key: str) -> None:
        visit = self.open(key)
        if visit is None:
            return
        if not self.site.may("investigator", "data_entry"):
            self.refused(NotYourRole, lambda: visits.amend(self.site, visit, 2))
        elif self.states[key] in OPEN:
            self.refused(NotCompleted, lambda: visits.amend(self.site, visit, 2))
        else:
            visits.amend(self.site, visit, 2, "corrected")
            self.states[key] = "amending"

    @rule(key=sampled_from(KEYS))
    def give_up(self, key: str) -> None:
        visit = self.open(key)
        if visit is None:
            return
        if not self.site.may("investigator", "data_entry"):
            self.refused(NotYourRole, lambda: visits.give_up(self.site, visit))
        elif self.states[key] != "amending":
            self.refused(NotCompleted, lambda: visits.give_up(self.site, visit))
        else:
            visits.give_up(self.site, visit)
            self.states[key] = "signed" if self.all_signed(key) else "complete"

    @rule(key=sampled_from(KEYS))
    def void(self, key: str) -> None:
        if not self.site.may("investigator"):
            self.refused(NotYourRole, lambda: mistakes.void(self.site, self.subject, key, 1, "", PASSPHRASE))
        elif key not in self.states:
            self.refused(UnknownVisit, lambda: mistakes.void(self.site, self.subject, key, 1, "", PASSPHRASE))
        else:
            mistakes.void(self.site, self.subject, key, 1, "", PASSPHRASE)
            del self.states[key]
            self.follow(key)

    @rule(key=sampled_from(KEYS))
    def move(self, key: str) -> None:
        def act() -> object:
            return mistakes.move(self.site, self.subject, key, self.other, 1, "", PASSPHRASE)

        if not self.site.may("investigator"):
            self.refused(NotYourRole, act)
        elif key not in self.states:
            self.refused(UnknownVisit, act)
        elif key != "ae-001" and any(row.key == key for row in self.site.clinical.entries(self.other)):
            self.refused(MoveRefused, act)
        else:
            act()
            del self.states[key]
            self.follow(key)

    @precondition(lambda self: len(self.states) < len(KEYS))
    @rule()
    def begin_again(self) -> None:
        """A visit that was a mistake is made again under the same key: nothing of the old one counts for it."""
        key = next((one for one in ("baseline", "m06") if one not in self.states), None)
        if key is None or not self.site.may("investigator", "data_entry"):
            return
        number = KEYS.index(key)
        fill(self.site, self.subject, key, MONTH_6 if number else DAY_0, number)
        self.states[key] = "draft"

    # What must hold

    @invariant()
    def the_states_are_those_of_the_table(self) -> None:
        rows = {row.key: row.state for row in self.site.clinical.entries(self.subject) if row.key}
        assert rows == self.states

    @invariant()
    def what_is_signed_is_what_was_signed(self) -> None:
        for row in self.site.clinical.entries():
            if row.state != "signed":
                continue
            held = {
                (one.record, one.ver)
                for one in signatures(self.site.clinical, row.subject, row.key)
                if one.holds
            }
            last = self.site.clinical.revisions(row.subject, row.key)
            assert last
            assert {(item.id, item.ver) for item in last} <= held
            assert all(item.signature["digest"] == item.digest() for item in last)

    @invariant()
    def no_signature_is_lost_and_each_is_by_somebody_who_may_sign(self) -> None:
        found: set[tuple[Any, ...]] = set()
        for row in self.site.clinical.entries(voided=True):
            for key in {row.key, row.key.partition("~")[0]}:
                for one in signatures(self.site.clinical, row.subject, key):
                    assert one.holds
                    assert "investigator" in ROLES[one.by]
                    found.add((one.record, one.ver, one.by, one.meaning, one.when))
        assert self.signatures <= found
        self.signatures = found

    @invariant()
    def no_version_is_lost_or_changed(self) -> None:
        found = {}
        for item in self.site.clinical.revisions(latest=False):
            found[item.id, item.ver] = {**item.to_json(), "signature": None}
        assert self.versions.items() <= found.items()
        self.versions = found

    @invariant()
    def the_trail_tells_how_each_came_to_its_state(self) -> None:
        entries = self.site.clinical.audit_entries(table="visits", field="state")
        assert len(entries) >= self.told
        self.told = len(entries)
        last = {item.entry.record: item.entry.new for item in entries}
        assert last == {row.id: row.state for row in self.site.clinical.entries(voided=True)}

    def teardown(self) -> None:
        if not hasattr(self, "site"):
            return
        findings = checking.verify(self.site)
        self.site.close()
        shutil.rmtree(self.home)
        assert findings == []

    # Helpers

    def open(self, key: str) -> OpenVisit | None:
        """A record as it is opened, unless it was a mistake."""
        if key not in self.states:
            return None
        return visits.open_visit(self.site, self.subject, key, self.site.today())

    def refused(self, kind: type[Refusal], act: Any) -> None:
        """An act that is refused changes nothing."""
        before = self.site.clinical.audit_head()
        with pytest.raises(kind):
            act()
        assert self.site.clinical.audit_head() == before

    def all_signed(self, key: str) -> bool:
        return all(item.signature for item in self.site.clinical.revisions(self.subject, key))

    def follow(self, changed: str) -> None:
        """A later visit that was compared with one that changed is scored anew, and then waits for a signature."""
        if changed == "baseline" and self.states.get("m06") == "signed" and not self.all_signed("m06"):
            self.states["m06"] = "complete"


@pytest.mark.parametrize(("examples", "steps"), [(9, 22)])
def test_signatures_hold_under_any_order_of_acts(
    template: tuple[Path, str, str], examples: int, steps: int
) -> None:
    Signing.template = template
    run_state_machine_as_test(Signing, settings=settings(max_examples=examples, stateful_step_count=steps))
