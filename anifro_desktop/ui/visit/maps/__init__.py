"""Body maps: the joint count and the CLASI on a painted figure, one button for each joint or area.

The form stays what it is: a map stands for some of its questions, and the table is one key away (`mode`). A map more is
one class and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Form
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.maps.base import BodyMap
from anifro_desktop.ui.visit.maps.joint_map import JointMap
from anifro_desktop.ui.visit.maps.skin_map import SkinMap

MAPS: Mapping[str, Callable[[VisitBinding, Form, str, QWidget], BodyMap]] = {
    "joints": JointMap,
    "clasi": SkinMap,
}
