"""What must hold of an exchange (`exchange`): after each step, and when at last all that is honest arrives.

At the end the centre is compared with another one that takes the same bundles once, in order, with no fault.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from exchange import SITES, Desk, Parcel, World, opened_centre
from study_parts import DAY_0, PASSPHRASE
from whole_study import Study

from anifro_desktop.centre import custody, hearing, querying
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import all_subjects, left_out
from anifro_desktop.centre.status import status
from anifro_desktop.sync.names import parse_name
from anifro_desktop.thread import ANSWERED, OPEN, UNSETTLED
from anifro_desktop.workflows import queries, sending, transfer, visits
from anifro_desktop.workflows.exchange_errors import HandoverRefused, NothingToSend
from anifro_desktop.workflows.reconciling import counts
from anifro_desktop.workflows.site import Site

ROUNDS = 8  # after the post works


def check_centre(world: World) -> None:
    """After whatever came: nothing twice, nothing that no site wrote, no more than was written; forks are told."""
    store = world.centre.store
    assert all(times == 1 for times in world.accepted.values()), "a file was accepted twice"
    chains = {(row.site, row.epoch): row for row in store.chains()}
    applied: dict[tuple[str, int], dict[int, str]] = {}
    for row in store.bundles(state="applied"):
        numbers = applied.setdefault((row.site, row.epoch), {})
        assert row.seq not in numbers, "a number was applied twice"
        assert row.sha256 in world.sealed[row.site], "a file that no site sealed"
        numbers[row.seq] = row.sha256
    for where, numbers in applied.items():
        assert sorted(numbers) == list(range(1, chains[where].next_seq))
    for (site, epoch, seq), sha256 in world.met:
        chain = chains.get((site, epoch))
        if chain is not None and seq < chain.next_seq and applied[site, epoch][seq] != sha256:
            assert chain.frozen, "two files under one number, and nobody was told"
    _check_released(world, applied, {where for where, chain in chains.items() if chain.frozen})
    for code, chain in chains.items():
        assert code[0] in world.rough or not chain.frozen, "an honest site was accused"
    _check_versions(world)


def _check_released(
    world: World, applied: Mapping[tuple[str, int], Mapping[int, str]], frozen: set[tuple[str, int]]
) -> None:
    """Whatever came of a chain that goes on is merged up to the first gap."""
    came: dict[tuple[str, int], set[int]] = {}
    for (site, epoch, seq), _ in world.met:
        came.setdefault((site, epoch), set()).add(seq)
    for where in came.keys() - frozen:
        straight = next(seq for seq in itertools.count(1) if seq not in came[where])
        assert len(applied.get(where, ())) == straight - 1, (
            "something waits though nothing before it is missing"
        )


def overtaken(world: World, desk: Desk) -> bool:
    """Whether the centre has of a desk's epoch what the desk does not know, or of a later one."""
    position, own = desk.site.clinical.next_position(), {row.sha256 for row in desk.site.clinical.bundles()}
    return any(
        row.epoch > position.epoch or (row.epoch == position.epoch and row.sha256 not in own)
        for row in world.centre.store.bundles(site=desk.code, state="applied")
    )


def lost(world: World, desk: Desk) -> bool:
    """Whether the centre has not what a desk takes for safe there."""
    epoch = desk.site.clinical.next_position().epoch
    there = {row.sha256 for row in world.centre.store.bundles(site=desk.code, state="applied")}
    rows = desk.site.clinical.bundles()
    return any(row.epoch == epoch and row.state == "acknowledged" and row.sha256 not in there for row in rows)


def _check_versions(world: World) -> None:
    held: dict[str, Counter[tuple[str, str]]] = {code: Counter() for code in SITES}
    seen = set()
    for item in world.centre.store.revisions():
        one = item.revision
        if one.form not in sending.BESIDE:
            assert (one.id, one.ver, one.digest()) in world.wrote[item.site], "no site wrote this"
        if (item.site, one.id, one.ver) not in seen:
            held[item.site][one.subject, one.form] += 1
        seen.add((item.site, one.id, one.ver))
    for desk in world.desks.values():
        told = world.centre.store.versions(desk.code, desk.site.keys.writer)
        flat = {(subject, form): n for subject, forms in told.items() for form, n in forms.items()}
        assert flat == dict(held[desk.code])


def take_over(world: World, parcel: Parcel) -> None:
    """A patient comes to the other site; a file that was used is refused."""
    with suppress(HandoverRefused):
        site = world.desks[parcel.to].site
        transfer.take(site, parcel.letter.data, parcel.card, parcel.fingerprint, PASSPHRASE)
        world.happened["patients taken over"] += 1


# The post works


def settle(world: World, chance: random.Random) -> None:
    """Copies are found and locked away, and what is on its way arrives in any order; then rounds of sending and hearing
    until every site knows that the centre has everything and every question is settled."""
    for code in list(world.copies):
        world.end_fork(code)
    for parcel in world.parcels:
        take_over(world, parcel)
    chance.shuffle(world.bundles)
    world.ingest(world.bundles)
    for code, letters in world.answers.items():
        chance.shuffle(letters)
        for letter in letters:
            world.hear(world.desks[code], letter)
    for _ in range(ROUNDS):
        _round(world, chance)
        if all(_arrived(desk.site) for desk in world.desks.values()) and not _unsettled(world.centre):
            return
    raise AssertionError(f"not settled after {ROUNDS} rounds")


def _round(world: World, chance: random.Random) -> None:
    world.happened["rounds at the end"] += 1
    letters = []
    for desk in chance.sample(list(world.desks.values()), len(SITES)):
        letters += world.send(desk, lambda folder, site=desk.site: _send_all(site, folder))
    chance.shuffle(letters)
    world.ingest([*letters, *letters[:2]])
    for one in querying.threads(world.centre):
        if one.state == ANSWERED:
            querying.close(world.centre, one.query.id)
    answers = world.reply()
    chance.shuffle(answers)
    for letter in answers:
        world.hear(world.desks[parse_name(letter.name).site], letter)


def _send_all(site: Site, folder: Path) -> None:
    """Sign what waits, answer what is asked, send what is new, and again what has no receipt."""
    _sign_all(site)
    kept = {row.code for row in site.clinical.subjects() if row.status == "enrolled"}
    for one in queries.threads(site, unsettled=True):
        if one.state == OPEN and one.query.subject in kept:
            queries.answer(site, one.query.id, "Ricontrollato.")
    if site.clinical.sending_locked():
        sending.start_anew(site, "an old copy was gone on with")
    with suppress(NothingToSend):
        sending.export(site, folder)
    epoch = site.clinical.next_position().epoch
    for row in site.clinical.bundles():
        if row.epoch == epoch and row.state != "acknowledged":
            sending.resend(site, row.seq, folder)


def _sign_all(site: Site) -> None:
    kept = {row.code for row in site.clinical.subjects() if row.status == "enrolled"}
    for row in site.clinical.visits():
        if row.state == "complete" and row.subject in kept:
            visits.sign_confirmed(site, visits.open_visit(site, row.subject, row.key, DAY_0), "responsible")


def _arrived(site: Site) -> bool:
    """Whether all that this site sent in its epoch of now is merged, and nothing waits."""
    ready = sending.preview(site)
    waits = site.clinical.sending_locked() or ready.leaving or ready.answers or ready.moves
    return not waits and not _without_receipt(site)


def _without_receipt(site: Site) -> list[str]:
    epoch = site.clinical.next_position().epoch
    states = {row.name: (row.epoch, row.state) for row in site.clinical.bundles()}
    return [one.name for one in sending.sent(site) if one.state != "merged" and states[one.name][0] == epoch]


def _unsettled(centre: Centre) -> list[str]:
    return [one.query.id for one in querying.threads(centre) if one.state in UNSETTLED]


# The end


def check(world: World, straight: Study) -> None:
    """Everybody has the same, and the centre what it would have had with no fault."""
    check_centre(world)
    here = {(item.revision.id, item.revision.ver) for item in world.centre.store.revisions()}
    for desk in world.desks.values():
        assert _due(desk.site) <= here, "something that was signed did not arrive"
        _check_counts(world, desk)
        _check_questions(world, desk)
        _check_position(world, desk)
        if desk.code not in world.rough:
            _check_honest(world, desk)
    frozen = {(row.site, row.epoch) for row in world.centre.store.chains() if row.frozen}
    told = {
        (site.site, chain.epoch)
        for site in status(world.centre).sites
        for chain in site.chains
        if chain.frozen
    }
    assert told == frozen
    _compare(world, straight)


def _due(site: Site) -> set[tuple[str, int]]:
    """What should have left: each record to its last signed version; of a mistake only that it was one."""
    due: dict[str, set[tuple[str, int]]] = {}
    for item in site.clinical.revisions(latest=False):
        some = due.setdefault(item.id, set())
        if item.void:
            some.clear()
        some.add((item.id, item.ver))
    signed = {(item.id, item.ver) for item in site.clinical.revisions(latest=False) if item.signature}
    reached = {name: max(ver for _, ver in some & signed) for name, some in due.items() if some & signed}
    return {(name, ver) for name, most in reached.items() for _, ver in due[name] if ver <= most}


def _check_counts(world: World, desk: Desk) -> None:
    found = counts(desk.site)
    kinds = {gap.kind for gap in found.gaps}
    if desk.code in world.rough:  # what it once sent and lost is at the centre for good
        assert kinds <= {"more_there"}, found.gaps
        there = world.centre.store.versions(desk.code, desk.site.keys.writer)
        lost = there.keys() - {row.code for row in desk.site.clinical.subjects()}
        assert lost <= {code for gap in found.gaps for code in gap.subjects}, "lost patients are not told of"
    else:
        assert not kinds, found.gaps
        entered = found.total("entered") - found.total("mistakes")
        assert entered == found.total("sealed") == found.total("received") == found.total("merged")


def _check_honest(world: World, desk: Desk) -> None:
    applied = {row.sha256 for row in world.centre.store.bundles(site=desk.code, state="applied")}
    assert applied == set(world.sealed[desk.code])
    assert {one.state for one in sending.sent(desk.site)} <= {"merged"}


def _check_position(world: World, desk: Desk) -> None:
    """A site goes on where the centre expects it, with nothing that the centre has otherwise."""
    position = desk.site.clinical.next_position()
    chains = {(row.site, row.epoch): row for row in world.centre.store.chains()}
    chain = chains.get((desk.code, position.epoch))
    assert not overtaken(world, desk), "an old copy goes on"
    assert position.seq == (chain.next_seq if chain else 1), "a site goes on at another place"
    assert chain is None or not chain.frozen, "a site goes on where nothing is taken"


def _check_questions(world: World, desk: Desk) -> None:
    """What both sides know of a question is the same."""
    kept = {row.code for row in desk.site.clinical.subjects() if row.status == "enrolled"}
    there = {one.query.id: one for one in querying.threads(world.centre)}
    for one in queries.threads(desk.site):
        if one.query.id in there and one.query.subject in kept:
            known = there[one.query.id]
            here, said = {act.id for act in one.acts}, {act.id for act in known.acts}
            assert said <= here
            if world.happened[
                "backups of the centre put back"
            ]:  # what it said after them only the site remembers
                here -= {act.id for act in one.acts if act.by_centre} - said
            assert here == said
            assert one.state == known.state
        if one.query.subject in kept:
            assert one.state not in UNSETTLED, "a site waits for ever"


def _compare(world: World, study: Study) -> None:
    store = world.centre.store
    other = opened_centre(study, world.clock)
    try:
        for one in store.threads():
            other.store.keep_query(one.query)
            for act in one.acts:
                if act.by_centre:
                    other.store.keep_act(act)
        taken = sorted(store.bundles(state="applied"), key=lambda row: (row.site, row.epoch, row.seq))
        outcomes = ingest(other, [store.bundle_bytes(row.sha256) for row in taken])
        assert {outcome.status for outcome in outcomes} <= {"accepted", "duplicate"}  # of the beginning
        mine, theirs = _content(world.centre), _content(other)
        for what, known in mine.items():
            assert known == theirs[what], what
    finally:
        other.close()


def _content(centre: Centre) -> Mapping[str, Any]:
    """All that a centre knows of its subjects; not when or how often it came."""
    store = centre.store
    return {
        "records": sorted(
            (item.site, item.epoch, item.revision.id, item.revision.ver, item.op, item.revision.digest())
            for item in store.revisions()
        ),
        "chains": sorted(
            (row.site, row.epoch, row.next_seq, row.last_hash) for row in store.chains() if row.next_seq > 1
        ),
        "subjects": sorted(
            (
                one.code,
                one.site,
                [
                    (visit.key, visit.signed, str(visit.answers), {f: r.ver for f, r in visit.forms.items()})
                    for visit in one.visits
                ],
            )
            for one in all_subjects(centre)
        ),
        "differences": sorted((one.subject, one.visit, one.rule, one.part) for one in store.differences()),
        "conflicts": store.conflicts(),
        "left out": left_out(centre),
        "custody": {code: (one.keepers, one.state) for code, one in custody.custodies(centre).items()},
        "standing": sorted(map(repr, store.standings())),
        "questions": sorted(
            (one.query.id, one.state, tuple(act.id for act in one.acts)) for one in hearing.threads(centre)
        ),
    }
