"""The search for circles of garbage is put off for a bundle, and goes on after it whatever became of it."""

from __future__ import annotations

import gc

import pytest

from anifro_desktop.sync.garbage import uncollected


def test_it_goes_on_after_a_bundle_that_failed() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        divmod(len(gc.get_threshold()), int(gc.isenabled()))
    assert gc.isenabled()


def test_who_put_it_off_before_ends_it() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
