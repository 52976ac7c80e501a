"""The chain: the table of the design, and a site and a centre that lose, repeat, reorder, restore and fork."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from anifro_desktop.sync import chain
from anifro_desktop.sync.chain import LocalChain, ReceiptVerdict, WriterState, judge, judge_receipt
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.receipt import Item, Receipt

WRITER = "00112233445566778899aabbccddeeff"


def digest(text: object) -> str:
    return hashlib.sha256(str(text).encode()).hexdigest()


def header(seq: int, prev: str, epoch: int = 1) -> Header:
    return Header("NCT07215754", "P03", WRITER, epoch, seq, prev, "data", "2026-03-01T09:30:00Z")


def honest(count: int, epoch: int = 1) -> list[tuple[Header, str]]:
    """A chain of bundles."""
    made: list[tuple[Header, str]] = []
    for seq in range(1, count + 1):
        made.append((header(seq, made[-1][1] if made else NO_PREVIOUS, epoch), digest((epoch, seq))))
    return made


def after(count: int) -> WriterState:
    state = WriterState()
    for one in honest(count):
        state = judge(state, *one).state
    return state


class TestTable:
    def test_next(self) -> None:
        verdict = judge(after(2), *honest(3)[2])
        assert (verdict.action, verdict.reason) == ("accept", "next")
        assert (verdict.state.next_seq, verdict.state.last_hash) == (4, honest(3)[2][1])

    def test_again(self) -> None:
        for one in honest(3):
            verdict = judge(after(3), *one)
            assert (verdict.action, verdict.state) == ("duplicate", after(3))

    def test_known_number_other_file(self) -> None:
        verdict = judge(after(3), header(2, digest((1, 1))), digest("other"))
        assert (verdict.action, verdict.reason, verdict.state.frozen) == ("fork", "changed", True)
        assert verdict.state.seen == after(3).seen

    def test_next_number_other_past(self) -> None:
        verdict = judge(after(3), header(4, digest("other")), digest((1, 4)))
        assert (verdict.action, verdict.reason, verdict.state.frozen) == ("fork", "prev", True)

    def test_gap(self) -> None:
        verdict = judge(after(1), *honest(5)[4])
        assert (verdict.action, verdict.state, verdict.missing) == ("hold", after(1), (2, 3, 4))

    def test_frozen_for_good(self) -> None:
        frozen = replace(after(2), frozen=True)
        assert judge(frozen, *honest(3)[2]).reason == "frozen"
        assert judge(frozen, *honest(9)[8]).action == "fork"
        assert judge(frozen, *honest(2)[0]).action == "duplicate"

    def test_another_epoch_needs_its_own_state(self) -> None:
        with pytest.raises(ValueError, match="epoch"):
            judge(after(1), *honest(1, epoch=2)[0])

    def test_missing_lists_what_is_between(self) -> None:
        assert chain.missing(after(2), []) == ()
        assert chain.missing(after(2), [1, 2]) == ()
        assert chain.missing(after(2), [5, 7, 7]) == (3, 4, 6)

    def test_missing_is_short_whatever_is_held(self) -> None:
        assert len(chain.missing(WriterState(), [99_999_999])) == chain.MAX_MISSING
        assert len(chain.missing(WriterState(), range(2, 9000, 2))) == chain.MAX_MISSING

    def test_how_much_may_wait(self) -> None:
        assert chain.may_hold(1000, 1024**3)
        assert not chain.may_hold(1001, 1)
        assert not chain.may_hold(1, 1024**3 + 1)


@given(st.permutations(honest(6)), st.lists(st.integers(0, 5), max_size=6))
def test_any_order_and_repetition_ends_the_same(order: list[tuple[Header, str]], more: list[int]) -> None:
    centre = Centre()
    for one in [*order, *(order[index] for index in more)]:
        centre.receive(one)
    assert centre.state(1) == after(6)
    assert not centre.held[1]


def receipt(**changes: Any) -> Receipt:
    facts = {
        "study": "NCT07215754",
        "site": "P03",
        "writer": WRITER,
        "rno": 1,
        "epoch": 1,
        "acked_to": 0,
        "items": (),
        "missing": (),
        "centre_time": "2026-03-02T08:00:00Z",
        "registry_version": 1,
    }
    return Receipt(**{**facts, **changes})


class TestReceipts:
    local = LocalChain(epoch=2, last_seq=3, hashes={seq: digest(seq) for seq in (1, 2, 3)})

    def judge(self, **changes: Any) -> ReceiptVerdict:
        return judge_receipt(self.local, receipt(**{"epoch": 2, **changes}), "f" * 64)

    def test_applies(self) -> None:
        items = (Item(2, digest(2), "accepted"), Item(3, digest(3), "held"))
        verdict = self.judge(acked_to=2, items=items, missing=(3, 9))
        assert verdict == ReceiptVerdict("apply", acked=(1, 2), resend=(3,))

    @pytest.mark.parametrize(
        "changes",
        [
            {"acked_to": 4},
            {"epoch": 3},
            {"items": (Item(4, digest(4), "accepted"),)},
            {"items": (Item(9, digest(9), "held"),)},
            {"items": (Item(9, digest(9), "duplicate"),)},
        ],
        ids=str,
    )
    def test_a_centre_that_knows_more_means_rolled_back(self, changes: Any) -> None:
        assert self.judge(**changes).action == "rolled_back"

    def test_another_file_under_our_number(self) -> None:
        for status in ("accepted", "duplicate", "held"):
            assert self.judge(items=(Item(2, digest("other"), status),)).action == "fork"

    @pytest.mark.parametrize("code", chain.FORKS)
    def test_a_quarantined_fork(self, code: str) -> None:
        assert self.judge(items=(Item(2, digest(2), "quarantined", code),)).action == "fork"
        assert self.judge(items=(Item(2, digest(2), "quarantined", "bad_signature"),)).action == "apply"

    def test_order_of_receipts(self) -> None:
        local = replace(self.local, last_rno=5, last_receipt="e" * 64)
        assert judge_receipt(local, receipt(epoch=2, rno=4, acked_to=99), "f" * 64).action == "old"
        assert judge_receipt(local, receipt(epoch=2, rno=5), "e" * 64).action == "old"
        assert judge_receipt(local, receipt(epoch=2, rno=5), "f" * 64).action == "fork"
        assert judge_receipt(local, receipt(epoch=2, rno=9), "f" * 64).action == "apply"

    def test_about_an_epoch_left_behind(self) -> None:
        assert self.judge(epoch=1, acked_to=99).action == "old_epoch"


@dataclass
class Centre:
    """Keeps states and held bundles as the centre's store does."""

    states: dict[int, WriterState] = field(default_factory=dict)
    held: dict[int, set[tuple[Header, str]]] = field(default_factory=lambda: defaultdict(set))
    items: list[tuple[int, Item]] = field(default_factory=list)

    def state(self, epoch: int) -> WriterState:
        return self.states.get(epoch, WriterState(epoch=epoch))

    def receive(self, bundle: tuple[Header, str]) -> None:
        self._judge(bundle)
        epoch = bundle[0].epoch
        while ready := chain.ready(self.state(epoch), self.held[epoch]):
            self.held[epoch].discard(ready[0])
            self._judge(ready[0])

    def _judge(self, bundle: tuple[Header, str]) -> None:
        one, sha256 = bundle
        verdict = judge(self.state(one.epoch), one, sha256)
        self.states[one.epoch] = verdict.state
        if verdict.action == "hold":
            self.held[one.epoch].add(bundle)
        status = {"accept": "accepted", "duplicate": "duplicate", "fork": "quarantined", "hold": "held"}
        code = verdict.reason if verdict.action == "fork" else ""
        self.items.append((one.epoch, Item(one.seq, sha256, status[verdict.action], code)))


@dataclass(frozen=True)
class Site:
    """What a site's database holds."""

    epoch: int = 1
    last_seq: int = 0
    last_hash: str = NO_PREVIOUS
    hashes: tuple[tuple[int, str], ...] = ()
    last_rno: int = 0
    last_receipt: str = NO_PREVIOUS

    def chain(self) -> LocalChain:
        return LocalChain(self.epoch, self.last_seq, dict(self.hashes), self.last_rno, self.last_receipt)


class SiteAndCentre(RuleBasedStateMachine):
    """One writer whose database may be put back, a road that loses and repeats, a centre that judges."""

    @initialize()
    def begin(self) -> None:
        self.site, self.backups = Site(), [Site()]
        self.sent: list[tuple[Header, str]] = []
        self.delivered: list[tuple[Header, str]] = []
        self.centre, self.rno, self.made = Centre(), 0, 0
        self.put_back = False

    @rule()
    def seal(self) -> None:
        seq, self.made = self.site.last_seq + 1, self.made + 1
        bundle = (header(seq, self.site.last_hash, self.site.epoch), digest(self.made))
        self.sent.append(bundle)
        hashes = (*self.site.hashes, (seq, bundle[1]))
        self.site = replace(self.site, last_seq=seq, last_hash=bundle[1], hashes=hashes)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        bundle = data.draw(st.sampled_from(self.sent))
        self.delivered.append(bundle)
        self.centre.receive(bundle)

    @rule()
    def back_up(self) -> None:
        self.backups.append(self.site)

    @rule(data=st.data())
    def copy_back(self, data: st.DataObject) -> None:
        """A careless restore: the old file over the new one, behind the program's back."""
        self.site, self.put_back = data.draw(st.sampled_from(self.backups)), True

    @precondition(lambda self: self.centre.states)
    @rule()
    def send_receipt(self) -> None:
        self.rno += 1
        epoch = max(self.centre.states)
        state = self.centre.state(epoch)
        found = receipt(
            rno=self.rno,
            epoch=epoch,
            acked_to=state.next_seq - 1,
            items=tuple(item for of, item in self.centre.items if of == epoch),
            missing=chain.missing(state, [one.seq for one, _ in self.centre.held[epoch]]),
        )
        self.read_receipt(found, digest(("receipt", self.rno)))

    def read_receipt(self, found: Receipt, sha256: str) -> None:
        verdict = judge_receipt(self.site.chain(), found, sha256)
        if verdict.action in ("rolled_back", "fork"):
            assert self.put_back, "an honest site was accused"
            epoch = max(found.epoch, self.site.epoch) + 1
            self.site = Site(epoch=epoch, last_rno=found.rno, last_receipt=sha256)
        elif verdict.action == "apply":
            assert all(
                self.centre.state(found.epoch).seen[seq] == dict(self.site.hashes)[seq]
                for seq in verdict.acked
            )
            self.site = replace(self.site, last_rno=found.rno, last_receipt=sha256)

    @invariant()
    def what_is_accepted_is_one_chain(self) -> None:
        for state in self.centre.states.values():
            assert list(state.seen) == list(range(1, state.next_seq))
            known = {sha256: one for one, sha256 in self.sent}
            hashes = [NO_PREVIOUS, *state.seen.values()]
            assert [known[sha256].prev for sha256 in hashes[1:]] == hashes[:-1]

    @invariant()
    def a_fork_is_flagged(self) -> None:
        for one, sha256 in self.delivered:
            state = self.centre.state(one.epoch)
            assert state.frozen or one.seq >= state.next_seq or state.seen[one.seq] == sha256

    @invariant()
    def an_honest_site_is_never_frozen(self) -> None:
        assert self.put_back or not any(state.frozen for state in self.centre.states.values())

    def teardown(self) -> None:
        for bundle in reversed(getattr(self, "sent", [])):
            self.centre.receive(bundle)
        for epoch in {one.epoch for one, _ in getattr(self, "sent", [])}:
            numbers = [one.seq for one, _ in self.sent if one.epoch == epoch]
            state = self.centre.state(epoch)
            if len(set(numbers)) == len(numbers):
                assert state.next_seq == max(numbers) + 1
                assert not self.centre.held[epoch]
            else:
                assert state.frozen


SiteAndCentre.TestCase.settings = settings(max_examples=200, stateful_step_count=60, deadline=None)
TestSiteAndCentre = SiteAndCentre.TestCase
