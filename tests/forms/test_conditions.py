"""The condition language: three-valued, checked when read, never Python."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.forms.conditions import ConditionError, Name, compile_condition
from anifro_desktop.forms.model import Code, CodeList, Label
from anifro_desktop.record import Missing

YES_NO = CodeList("yes_no", (Code(0, Label("No", "No")), Code(1, Label("Sì", "Yes"))))
NAMES = {
    "rash": Name("choice", YES_NO),
    "fever": Name("choice", YES_NO),
    "sjc28": Name("number"),
    "tjc28": Name("number"),
    "seen": Name("date"),
    "today": Name("date"),
    "note": Name("text"),
}


def holds(text: str, **env: Any) -> bool | None:
    return compile_condition(text, NAMES).test(env)


@pytest.mark.parametrize(
    ("text", "env", "expected"),
    [
        ("rash == 1", {"rash": 1}, True),
        ("rash == 1", {"rash": 0}, False),
        ("rash == 1", {}, None),
        ("rash == 1", {"rash": Missing.NOT_DONE}, None),
        ("rash != 1", {}, None),
        ("sjc28 >= 1 and rash != 1", {"sjc28": 2, "rash": 0}, True),
        ("sjc28 >= 1 and rash != 1", {"sjc28": 0}, False),
        ("sjc28 >= 1 and rash != 1", {"sjc28": 2}, None),
        ("sjc28 >= 1 or rash == 1", {"rash": 1}, True),
        ("sjc28 >= 1 or rash == 1", {"rash": 0}, None),
        ("not rash == 1", {"rash": 0}, True),
        ("not rash == 1", {}, None),
        ("answered(rash)", {}, False),
        ("answered(rash)", {"rash": Missing.REFUSED}, False),
        ("answered(rash)", {"rash": 0}, True),
        ("sjc28 > tjc28", {"sjc28": 3, "tjc28": 2}, True),
        ("sjc28 > tjc28", {"sjc28": 3}, None),
        ("sjc28 < 0.5", {"sjc28": Decimal("0.49")}, True),
        ("rash == 1 or fever == 1 and sjc28 == 9", {"rash": 1}, True),
        ("(rash == 1 or fever == 1) and sjc28 == 9", {"rash": 1, "sjc28": 1}, False),
    ],
)
def test_three_valued_meaning(text: str, env: dict[str, Any], expected: bool | None) -> None:
    assert holds(text, **env) is expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", '"the end"'),
        ("rash", "a comparison was expected"),
        ("rash == ", 'a number or a name was expected after "=="'),
        ("1 == rash", "a comparison starts with a name"),
        ("rash == 1 fever == 1", 'was not expected here; join tests with "and" or "or"'),
        ("(rash == 1", '")" was expected'),
        ("rash === 1", '"=" has no meaning in a condition (write "==")'),
        ("answered rash", '"answered" needs a name in parentheses'),
        ("answered(rahs)", 'unknown name "rahs"; did you mean "rash"?'),
        ("note == 1", '"note" is a text and cannot be compared'),
        ("seen == sjc28", "cannot be compared (date with number)"),
        ("rash == 7", "has no code 7 (list yes_no)"),
        ("__import__('os') == 1", "has no meaning in a condition"),
        ("rash == 1 and and fever == 1", "a comparison"),
        ("sjc28 >= 1 >= 0", "was not expected here"),
        ("rash & 1", "has no meaning in a condition"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ConditionError) as refused:
        compile_condition(text, NAMES)
    assert why in str(refused.value)


def test_the_names_of_a_condition_are_known() -> None:
    condition = compile_condition("rash == 1 and (answered(sjc28) or seen <= today)", NAMES)
    assert condition.names == {"rash", "sjc28", "seen", "today"}


# Random conditions as trees, written as text and judged by a second, plain reading of the tree.
Tree = tuple[Any, ...]
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.one_of(
        st.tuples(
            st.just("cmp"),
            st.sampled_from(["sjc28", "tjc28"]),
            st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
            st.integers(0, 3),
        ),
        st.tuples(st.just("answered"), st.sampled_from(["sjc28", "tjc28"])),
    ),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
    ),
    max_leaves=8,
)


def written(tree: Tree) -> str:
    match tree:
        case ("cmp", name, sign, number):
            return f"{name} {sign} {number}"
        case ("answered", name):
            return f"answered({name})"
        case ("not", inner):
            return f"not ({written(inner)})"
        case (word, one, two):
            return f"({written(one)}) {word} ({written(two)})"
    raise AssertionError(tree)


def judged(tree: Tree, env: dict[str, int]) -> set[bool]:
    """Every truth the tree can have when what is unknown takes any value from -1 to 4."""
    match tree:
        case ("cmp", name, sign, number):
            values = [env[name]] if name in env else range(-1, 5)
            meaning = {
                "==": lambda a: a == number,
                "!=": lambda a: a != number,
                "<": lambda a: a < number,
                "<=": lambda a: a <= number,
                ">": lambda a: a > number,
                ">=": lambda a: a >= number,
            }
            return {meaning[sign](value) for value in values}
        case ("answered", name):
            return {name in env}
        case ("not", inner):
            return {not truth for truth in judged(inner, env)}
        case (word, one, two):
            pairs = [(a, b) for a in judged(one, env) for b in judged(two, env)]
            return {(a and b) if word == "and" else (a or b) for a, b in pairs}
    raise AssertionError(tree)


@given(TREES, st.dictionaries(st.sampled_from(["sjc28", "tjc28"]), st.integers(0, 3)))
def test_a_condition_is_definite_exactly_when_its_parts_leave_one_truth(
    tree: Tree, env: dict[str, int]
) -> None:
    truths = judged(tree, env)
    assert holds(written(tree), **env) is (truths.pop() if len(truths) == 1 else None)
