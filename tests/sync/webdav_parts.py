"""A WebDAV folder of the tests: the connection to it, and servers that answer by a script."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import faulty
from authority import Authority
from running import PASSWORD, USER

from anifro_desktop.sync import connection as module
from anifro_desktop.sync.carrying import Limits
from anifro_desktop.sync.connection import Connection

QUICK = Limits(connect=5, idle=5)


def connection(url: str, authority: Authority | None, user: str = USER, **more: Any) -> Connection:
    pem = authority.pem if authority is not None else b""
    return module.webdav(url, user, PASSWORD if user else "", authority=pem, **more)


def scripted(
    authority: Authority, folder: Path, script: faulty.Script
) -> AbstractContextManager[faulty.Scripted]:
    return faulty.scripted(authority.issue(), folder, script)
