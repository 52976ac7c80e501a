"""How a score of the panel is worked out: its formula, the choices of the protocol it rests on, source and version.

Everything shown comes from the rules and the protocol themselves, so it cannot say another number than they use.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.formulas import FORMULAS
from anifro_desktop.scores import registry
from anifro_desktop.scores.listing import in_language
from anifro_desktop.scores.registry import Rule
from anifro_desktop.study.protocol import PROTOCOL, Setting
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Heading, Hint, Text
from anifro_desktop.ui.widgets.scroll import Scroll

# The rules behind a block that has not the name of its one rule.
_RULES: Mapping[str, tuple[str, ...]] = {
    "response": ("sledai2k", "prednisone", "clasi", "joints"),
    "proms": ("sf36", "facit_fatigue", "eq5d5l", "vas"),
}
_BULKY = ("equivalent", "ceiling")  # tables of drugs: the formula or the codebook has them


def rules_behind(block: str) -> tuple[Rule, ...]:
    """The rules that a block of the panel speaks of."""
    return tuple(registry.RULES[name] for name in _RULES.get(block, (block,)))


def show_score(parent: QWidget, block: str, name: str) -> Dialog:
    """Show how the score of a block is worked out."""
    dialog = Dialog(name, translate("ScoreDetails", "How it is worked out"), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(0, 0, theme.px(8), 0)
    rules = rules_behind(block)
    for rule in rules:
        if len(rules) > 1:
            box.addWidget(Heading(in_language(rule.title, texts.language()), 3, content))
        box.addWidget(Text(FORMULAS[rule.id].get(texts.language()), parent=content))
        for setting in _settings(rule):
            box.addWidget(Hint(_said(setting), content))
        cited = in_language(rule.source, texts.language())
        source = translate("ScoreDetails", "Source: {source}").format(source=cited)
        version = translate("ScoreDetails", "Version: {version}").format(version=registry.version(rule.id))
        box.addWidget(Hint(f"{source}. {version}", content))
    scroll = Scroll(dialog)
    scroll.setWidget(content)
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    scroll.setAccessibleName(translate("ScoreDetails", "How it is worked out"))
    scroll.setMinimumHeight(theme.px(220))
    dialog.body.addWidget(scroll)
    dialog.add_act(translate("ScoreDetails", "Close"), main=True)
    dialog.open()
    return dialog


def _settings(rule: Rule) -> list[Setting]:
    return [
        setting
        for section in rule.settings
        if section not in _BULKY
        for setting in PROTOCOL.section(section).values()
    ]


def _said(setting: Setting) -> str:
    """`SLEDAI-2K: days considered before the visit: 30`; a choice in words says itself."""
    words = setting.it if texts.language() == "it" else setting.en
    value = setting.value
    if isinstance(value, bool | str) or not isinstance(value, int | float):
        return words
    return f"{words}: {texts.number(value)}"
