"""Keys of sites over time: announced, compared anew, overtaken, revoked; in whatever order bundles come."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from centre_sites import SyntheticSite

from anifro_desktop.centre.errors import OldCard, OtherKey, WriterGone
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.receipts import write_receipts
from anifro_desktop.centre.registering import register, revoke
from anifro_desktop.sync.bundle import peek_header
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.receipt import Receipt, open_receipt


def said(centre: Centre, *bundles: bytes) -> list[str]:
    """What became of some bundles, in a word each."""
    return [item.code if item.status == "refused" else item.status for item in ingest(centre, bundles)]


def renewed(site: SyntheticSite) -> SyntheticSite:
    """The same site, at the same place of its chain, with the keys that come next."""
    following = replace(site)
    following.renew()
    return following


def go_on(site: SyntheticSite, after: SyntheticSite) -> SyntheticSite:
    """The site at the place where another copy of it has come to."""
    site.seq, site.prev = after.seq, after.prev
    return site


def newest(centre: Centre, site: SyntheticSite, folder: Path) -> Receipt:
    """The newest receipt, opened with the keys that the site has now."""
    write_receipts(centre, folder)
    row = centre.store.receipts(site.code, site.writer)[-1]
    data = centre.store.receipt_bytes(site.code, site.writer, row.rno)
    receipt, _ = open_receipt(
        data, key_for=lambda _: centre.keyset.verify_key, seed_for=lambda _: site.seal_seed
    )
    return receipt


def test_keys_that_a_site_announces_take_the_place_of_its_old_ones(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    new = renewed(site)
    assert said(centre, site.announcing(centre.keyset, new)) == ["accepted"]
    assert newest(centre, new, tmp_path).acked_to == 1
    go_on(new, site)
    assert said(centre, new.bundle(centre.keyset, [])) == ["accepted"]
    assert centre.store.writers()[0].fingerprint == new.card.fingerprint


def test_the_old_key_is_refused_once_the_new_one_was_used(centre: Centre, site: SyntheticSite) -> None:
    new = renewed(site)
    ingest(centre, [site.announcing(centre.keyset, new)])
    thief = replace(site)
    ingest(centre, [go_on(new, site).bundle(centre.keyset, [])])
    assert said(centre, go_on(thief, new).bundle(centre.keyset, [])) == ["replaced_key"]
    thief.epoch, thief.seq, thief.prev = 2, 1, "0" * 64
    assert said(centre, thief.bundle(centre.keyset, [])) == ["replaced_key"]


def test_the_old_key_cannot_go_on_with_an_epoch_that_was_left(centre: Centre, site: SyntheticSite) -> None:
    ingest(centre, [site.bundle(centre.keyset, [])])
    thief = replace(site)
    site.epoch, site.seq, site.prev = 2, 1, "0" * 64
    new = renewed(site)
    ingest(centre, [site.announcing(centre.keyset, new)])
    ingest(centre, [go_on(new, site).bundle(centre.keyset, [])])
    assert said(centre, thief.bundle(centre.keyset, [])) == ["replaced_key"]


def test_every_order_of_arrival_ends_with_all_of_a_change_of_keys_taken(
    centre: Centre, site: SyntheticSite
) -> None:
    new = renewed(site)
    first = site.announcing(centre.keyset, new)
    late = [site.bundle(centre.keyset, []), site.bundle(centre.keyset, [])]
    go_on(new, site)
    after = [new.bundle(centre.keyset, [])]
    ingest(centre, [first])  # a site uses new keys only after the receipt of this one
    for order in list(permutations([*late, *after]))[-1:]:
        ingest(centre, order)
    assert centre.store.chains()[0].next_seq == 5
    assert not centre.store.bundles(state="held")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_old_and_new_keys_in_any_order(centre: Centre, site: SyntheticSite, order: tuple[int, ...]) -> None:
    new = renewed(site)
    ingest(centre, [site.announcing(centre.keyset, new)])
    bundles = [site.bundle(centre.keyset, []), site.bundle(centre.keyset, [])]
    bundles.append(go_on(new, site).bundle(centre.keyset, []))
    ingest(centre, [bundles[place] for place in order])
    assert centre.store.chains()[0].next_seq == 5
    assert centre.store.bundles(state="applied")[-1].seq == 4


def test_two_announcements_the_first_never_used(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    first, second = renewed(site), renewed(site)
    ingest(centre, [site.announcing(centre.keyset, first), site.announcing(centre.keyset, second)])
    assert newest(centre, second, tmp_path).acked_to == 2
    assert said(centre, go_on(second, site).bundle(centre.keyset, [])) == ["accepted"]
    assert said(centre, go_on(first, second).bundle(centre.keyset, [])) == ["replaced_key"]


def test_the_same_announcement_again_makes_no_new_key(centre: Centre, site: SyntheticSite) -> None:
    new = renewed(site)
    data = site.announcing(centre.keyset, new)
    ingest(centre, [data, data])
    site.epoch, site.seq, site.prev = 2, 1, "0" * 64
    ingest(centre, [site.announcing(centre.keyset, new)])
    assert len(centre.store.writer_keys(site.code, site.writer)) == 2


def test_nobody_announces_keys_for_another(centre: Centre, site: SyntheticSite) -> None:
    assert said(centre, site.announcing(centre.keyset, SyntheticSite())) == ["manifest_mismatch"]
    assert len(centre.store.writer_keys(site.code, site.writer)) == 1


def test_an_unregistered_key_announces_nothing(centre: Centre, site: SyntheticSite) -> None:
    stranger = renewed(site)
    assert said(centre, stranger.announcing(centre.keyset, renewed(site))) == ["unknown_key"]


def test_a_card_compared_anew_closes_the_keys_before_it(centre: Centre, site: SyntheticSite) -> None:
    taken = site.bundle(centre.keyset, [])
    ingest(centre, [taken])
    thief = replace(site)
    new = renewed(site)
    with pytest.raises(OtherKey):
        register(centre, new.card_bytes, new.card.fingerprint)
    assert register(centre, new.card_bytes, new.card.fingerprint, replace=True).new
    assert said(centre, thief.bundle(centre.keyset, [])) == ["replaced_key"]
    assert said(centre, taken) == ["duplicate"]
    new.epoch, new.seq, new.prev = 2, 1, "0" * 64
    assert said(centre, new.bundle(centre.keyset, [])) == ["accepted"]
    with pytest.raises(OldCard):
        register(centre, site.card_bytes, site.card.fingerprint, replace=True)


def test_a_card_that_a_thief_announced_before_it_was_compared_closes_his_keys_too(
    centre: Centre, site: SyntheticSite
) -> None:
    """Whoever has the keys of a lost computer sees the new card on its way and is quicker than the telephone."""
    new, thief = renewed(site), replace(site)
    assert said(centre, thief.announcing(centre.keyset, new)) == ["accepted"]
    assert not register(centre, new.card_bytes, new.card.fingerprint).new
    assert register(centre, new.card_bytes, new.card.fingerprint, replace=True).new
    assert said(centre, thief.announcing(centre.keyset, renewed(thief))) == ["replaced_key"]
    new.epoch = 2
    assert said(centre, new.bundle(centre.keyset, [])) == ["accepted"]
    assert not register(centre, new.card_bytes, new.card.fingerprint, replace=True).new


def test_a_site_restored_from_before_a_change_of_keys_is_told_and_comes_back(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    old = replace(site)
    new = renewed(site)
    ingest(centre, [site.announcing(centre.keyset, new)])
    ingest(centre, [go_on(new, site).bundle(centre.keyset, [])])
    old.epoch, old.seq, old.prev = 9, 1, "0" * 64
    assert said(centre, old.bundle(centre.keyset, [])) == ["replaced_key"]
    old.epoch, old.seq, old.prev = 10, 1, "0" * 64
    old.renew()
    register(centre, old.card_bytes, old.card.fingerprint, replace=True)
    assert said(centre, old.bundle(centre.keyset, [])) == ["accepted"]
    assert newest(centre, old, tmp_path).epoch == 10


def test_a_revoked_computer_goes_on_sending_in_vain_and_is_told(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    taken = site.bundle(centre.keyset, [])
    ingest(centre, [taken])
    assert revoke(centre, site.code, site.writer, "stolen") == (1, 1)
    receipt = newest(centre, site, tmp_path)
    assert (receipt.valid_to, receipt.acked_to, receipt.counts) == ((1, 1), 1, None)
    later = site.bundle(centre.keyset, [])
    assert said(centre, later) == ["revoked_key"]
    assert said(centre, taken) == ["duplicate"]
    assert len(write_receipts(centre, tmp_path)) == 1
    assert said(centre, later) == ["revoked_key"]
    assert write_receipts(centre, tmp_path) == []  # once for each file that is new
    site.epoch, site.seq, site.prev = 2, 1, "0" * 64
    assert said(centre, site.bundle(centre.keyset, [])) == ["revoked_key"]
    assert [row.seq for row in centre.store.bundles(state="applied")] == [1]


def test_a_stranger_who_names_the_key_of_a_revoked_computer_is_answered_nothing(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    revoke(centre, site.code, site.writer, "lost")
    told = len(write_receipts(centre, tmp_path))
    forged = bytearray(site.bundle(centre.keyset, []))
    forged[-1] ^= 1
    before = centre.store.audit_head()
    assert said(centre, bytes(forged)) == ["revoked_key"]
    assert (told, write_receipts(centre, tmp_path), centre.store.audit_head()) == (1, [], before)


def test_late_bundles_up_to_the_number_named_at_revoking_are_taken(
    centre: Centre, site: SyntheticSite
) -> None:
    bundles = [site.bundle(centre.keyset, []) for _ in range(4)]
    ingest(centre, bundles[:1])
    assert revoke(centre, site.code, site.writer, "stolen", last=3) == (1, 3)
    assert said(centre, *bundles[1:]) == ["accepted", "accepted", "revoked_key"]


def test_what_a_revoked_computer_left_waiting_is_put_aside(centre: Centre, site: SyntheticSite) -> None:
    bundles = [site.bundle(centre.keyset, []) for _ in range(3)]
    assert said(centre, bundles[2]) == ["held"]
    revoke(centre, site.code, site.writer, "stolen", last=2)
    assert "accepted" in said(centre, bundles[0], bundles[1])
    assert [row.seq for row in centre.store.bundles(state="applied")] == [1, 2]
    assert [(row.seq, row.code) for row in centre.store.bundles(state="forked")] == [(3, "revoked_key")]


def test_revoking_is_for_ever(centre: Centre, site: SyntheticSite) -> None:
    revoke(centre, site.code, site.writer, "stolen")
    with pytest.raises(WriterGone):
        revoke(centre, site.code, site.writer, "again")
    new = renewed(site)
    for card in (site, new):
        with pytest.raises(WriterGone):
            register(centre, card.card_bytes, card.card.fingerprint, replace=True)
    other = SyntheticSite(code=site.code)
    assert register(centre, other.card_bytes, other.card.fingerprint).new
    assert said(centre, other.bundle(centre.keyset, [])) == ["accepted"]


def test_a_card_swapped_on_its_way_is_not_registered(centre: Centre, site: SyntheticSite) -> None:
    new, swapped = renewed(site), renewed(site)
    with pytest.raises(Exception, match="fingerprint"):
        register(centre, swapped.card_bytes, new.card.fingerprint, replace=True)
    header = peek_header(swapped.bundle(centre.keyset, []))
    assert header.sig_kid not in {key.kid for key in centre.store.writer_keys(site.code, site.writer)}


def test_receipts_are_numbered_above_what_the_site_heard(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    ingest(centre, [site.announcing(centre.keyset, renewed(site), heard=70)])
    write_receipts(centre, tmp_path)
    assert [row.rno for row in centre.store.receipts(site.code, site.writer)] == [71]


def test_a_number_that_no_receipt_has_is_refused(centre: Centre, site: SyntheticSite) -> None:
    for wrong in (-1, True, "7", 10**9):
        site.seq, site.prev = 1, "0" * 64
        (manifest,) = [dict(line) for line in _lines(site)]
        data = site.seal(centre.keyset, site.header(), [{**manifest, "heard": wrong}])
        assert said(centre, data) == ["manifest_mismatch"]


def _lines(site: SyntheticSite) -> list[dict[str, object]]:
    from anifro_desktop.sync.records import AuditHead, data_lines

    return [dict(line) for line in data_lines(site.header(), [], audit=AuditHead(1, "ab" * 32), app="0")]


def test_codes_of_keys_have_sentences() -> None:
    for code in ("replaced_key", "revoked_key"):
        assert str(BundleRefused(code))
