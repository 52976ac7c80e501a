"""A few of the changes of `run.py trials faults` to what lies on the disk: all are found, or refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import tampering
from stage import Stage


def test_every_turned_bit_is_found(stage: Stage, tmp_path: Path) -> None:
    assert tampering.flips(stage, tmp_path, 30).tried == 30


def test_old_pages_change_no_answer_unseen(stage: Stage, tmp_path: Path) -> None:
    tries = tampering.old_pages(stage, tmp_path, 12)
    assert tries.tried == 12
    assert sum(tries.told.values()) <= 2


def test_old_databases_and_lost_wals_are_found(stage: Stage, tmp_path: Path) -> None:
    assert tampering.old_files(stage, tmp_path, 8).tried == 8


def test_a_changed_field_of_the_key_file_is_refused(stage: Stage, tmp_path: Path) -> None:
    assert tampering.slots(stage, tmp_path, 12).tried > 15


def test_an_old_key_file_opens_nothing_for_who_was_removed(stage: Stage, tmp_path: Path) -> None:
    assert tampering.old_slots(stage, tmp_path).tried == 9
