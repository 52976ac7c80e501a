"""The flare index of partial answers is what all their completions have in common, for both variants."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anifro_desktop.scores import sfi
from anifro_desktop.scores.contract import flat, score_answers, validate

HERE = Path(__file__).parent
done_of = SimpleNamespace(**runpy.run_path(str(HERE / "completing.py")))
SFI: Any = SimpleNamespace(**runpy.run_path(str(HERE / "second" / "sfi.py")))
UNHURRIED = settings(max_examples=120, deadline=None)
MOST_COMPLETIONS = 3000

Answers = dict[str, Any]

# Values on both sides of every threshold, given and for completing.
GIVEN: dict[str, tuple[Any, ...]] = {
    "sledai": (0, 2, 4, 9, 10, 12, 13, 15, 102, 103),
    "phga": (0, 0.9, 1, 1.3, 1.5, 1.6, 2.3, 2.5, 2.6, 3),
    "pred_eq": (0, 5, 9.9, 10, 15, 20, 29, 30, 30.1, 60),
    "weight_kg": (10, 60),
    "new_or_worse": ([], [], [], ["rash"], ["nephritis"], ["fever", "cns"]),
    "new_immunosuppressants": ([], [], [], [], ["leflunomide"], ["methotrexate"]),
}
COMPLETING: dict[str, tuple[Any, ...]] = {
    "sledai": (0, 3, 4, 7, 9, 12, 13, 16, 105),
    "phga": (0, 1.3, 2, 2.5, 2.6, 3),
    "pred_eq": (0, 4, 5, 8, 10, 19, 20, 30, 31, 61, 120, 1e6),
    "weight_kg": (0.1, 60, 1e8),
    "new_or_worse": ([], sorted(SFI.SIGNS.values()), ["nephritis"]),
    "new_immunosuppressants": ([], ["methotrexate"]),
}
FLAT = (
    *(f"{visit}.{key}" for visit in ("previous", "now") for key in ("sledai", "phga", "pred_eq")),
    *("weight_kg", "new_or_worse", "nsaid_or_hcq_added", "new_immunosuppressants"),
    *("hospitalised_for_sle", "iv_pulse_for_activity", "gc_raised_for_activity"),
)
RARE = (False,) * 6 + (True,)


def _choices(key: str) -> tuple[Any, ...]:
    return COMPLETING.get(key.rpartition(".")[2], (False, True))


@st.composite
def partial_answers(draw: st.DrawFn, open_most: int = 4) -> Answers:
    """Flat answers: mostly a quiet interval, some answers open."""
    open_keys = draw(st.sets(st.sampled_from(FLAT), max_size=open_most))
    quiet = draw(st.booleans())
    answers: Answers = {}
    for key in FLAT:
        name = key.rpartition(".")[2]
        if key in open_keys:
            answers[key] = None
        elif name == "gc_raised_for_activity":
            answers[key] = draw(st.sampled_from((True, True, False)))
        elif quiet and "." in key:
            answers[key] = answers.get(f"previous.{name}") or draw(st.sampled_from(GIVEN[name][:6]))
        else:
            answers[key] = draw(st.sampled_from(GIVEN.get(name, RARE)))
    return answers


@pytest.mark.parametrize("variant", ["classic", "bliss"])
@UNHURRIED
@given(partial_answers())
def test_what_all_completions_agree_on(variant: str, partial: Answers) -> None:
    assume(done_of.size(partial, _choices) <= MOST_COMPLETIONS)
    found = sfi.score_as(variant, done_of.nested(partial))
    done = done_of.completions(partial, _choices)
    criteria = [SFI.bliss(one) if variant == "bliss" else SFI.criteria(one) for one in done]
    classes = [SFI.flare(one) for one in criteria]
    ranks = [SFI.CLASSES.index(name) for name in classes]
    assert found.value == found.parts[variant] == done_of.common(classes)
    assert found.complete is (found.value is not None)
    if not found.complete:
        assert (found.minimum, found.maximum) == (SFI.CLASSES[min(ranks)], SFI.CLASSES[max(ranks)])
        assert list(found.missing) == [key for key in FLAT if key in done_of.decisive(partial, done, classes)]
    fired = [key for key in criteria[0] if all(one[key] for one in criteria)]
    assert found.parts[f"{variant}_fired"] == fired
    for key in criteria[0]:
        place = "mm_sledai_bliss" if (variant, key) == ("bliss", "mm_sledai") else key
        if (variant, key) != ("bliss", "sv_sledai"):
            assert found.parts[place] is done_of.common(one[key] for one in criteria), key


SIGNS_AND_DRUGS = [f"new_or_worse.{name}" for name in sfi.MANIFESTATIONS] + [
    f"new_immunosuppressants.{drug}" for drug in ("methotrexate", "leflunomide", "hydroxychloroquine")
]


@UNHURRIED
@given(partial_answers(open_most=2), st.data())
def test_lists_given_name_by_name_may_be_open_in_part(partial: Answers, data: st.DataObject) -> None:
    by_name = {
        name: data.draw(st.sampled_from((False, False, False, False, True, None)), label=name)
        for name in SIGNS_AND_DRUGS
    }
    whole = {
        **{key: value for key, value in partial.items() if key not in GIVEN or key == "weight_kg"},
        **by_name,
    }
    assume(done_of.size(whole, _choices) <= MOST_COMPLETIONS)
    found = sfi.score(done_of.nested(whole))
    done = done_of.completions(whole, _choices)
    listed = [_as_lists(one) for one in done]
    classes = [SFI.flare(SFI.bliss(one)) for one in listed]
    assert found.value == done_of.common(classes)
    for key in SFI.SIGNS:
        assert found.parts[key] is done_of.common(SFI.criteria(one)[key] for one in listed)
    assert found.parts["sv_drug"] is done_of.common(SFI.criteria(one)["sv_drug"] for one in listed)
    turning = {
        key.partition(".")[0] if key.startswith("new") else key
        for key in done_of.decisive(whole, done, classes)
    }
    assert set(found.missing) == turning
    warned = by_name["new_immunosuppressants.hydroxychloroquine"] and not whole["nsaid_or_hcq_added"]
    assert ("hydroxychloroquine_not_counted" in found.warnings) is bool(warned)


def _as_lists(one: Answers) -> Answers:
    lists: Answers = {"new_or_worse": [], "new_immunosuppressants": []}
    for key in SIGNS_AND_DRUGS:
        outer, _, name = key.partition(".")
        if one[key]:
            lists[outer].append(name)
    return {**one, **lists}


@UNHURRIED
@given(partial_answers(open_most=8), st.randoms(use_true_random=False))
def test_order_of_keys_and_of_lists_never_matters(partial: Answers, chance: Any) -> None:
    given_order = done_of.nested(partial)
    assert validate("sfi", given_order) == []
    keys = list(partial)
    chance.shuffle(keys)
    turned = {key: partial[key][::-1] if isinstance(partial[key], list) else partial[key] for key in keys}
    assert score_answers("sfi", done_of.nested(turned)) == score_answers("sfi", given_order)


@UNHURRIED
@given(partial_answers(open_most=8))
def test_parts_keep_their_keys_and_a_left_out_reason_is_sle(partial: Answers) -> None:
    whole = done_of.nested(partial)
    found = sfi.score(whole)
    assert list(flat(dict(found.parts))) == list(flat(dict(sfi.score({}).parts)))
    left_out = {key: value for key, value in whole.items() if key != "gc_raised_for_activity"}
    assert sfi.score(left_out) == sfi.score({**whole, "gc_raised_for_activity": True})


@UNHURRIED
@given(partial_answers(open_most=3), st.sampled_from(sfi.MANIFESTATIONS))
def test_one_more_manifestation_never_lowers_the_class(partial: Answers, sign: str) -> None:
    assume(partial["new_or_worse"] is not None and sign not in partial["new_or_worse"])
    more = {**partial, "new_or_worse": [*partial["new_or_worse"], sign]}
    before, after = (sfi.score(done_of.nested(one)) for one in (partial, more))

    def least(score: Any) -> int:
        return sfi.CLASSES.index(score.value or score.minimum)

    assert least(after) >= least(before)
