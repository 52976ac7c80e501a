"""Files that survive faults, suspicious reading, strict JSON; real faults where the system can make them."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop import files
from anifro_desktop.record import canonical

posix = pytest.mark.skipif(os.name == "nt", reason="pipes, links and permissions of POSIX")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestWriting:
    def test_new_and_replaced(self, tmp_path: Path) -> None:
        path = tmp_path / "keyslots.json"
        files.write_atomic(path, b"old")
        files.write_atomic(path, b"new")
        assert path.read_bytes() == b"new"
        assert names(tmp_path) == ["keyslots.json"]

    @posix
    def test_others_may_not_read_it(self, tmp_path: Path) -> None:
        files.write_atomic(tmp_path / "a", b"secret")
        assert (tmp_path / "a").stat().st_mode & 0o077 == 0

    def test_order_of_steps(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        steps: list[str] = []
        fsync, replace = os.fsync, os.replace
        monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("fsync"), fsync(handle)))
        monkeypatch.setattr(os, "replace", lambda a, b: (steps.append("replace"), replace(a, b)))
        files.write_atomic(tmp_path / "a", b"x")
        folder = [] if os.name == "nt" else ["fsync"]
        data = [] if sys.platform == "darwin" else ["fsync"]
        assert steps == [*data, "replace", *folder]

    def test_write_new_never_touches_an_old_file(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        assert files.write_new(path, b"first")
        assert not files.write_new(path, b"second")
        assert path.read_bytes() == b"first"
        assert names(tmp_path) == ["a"]

    @posix
    def test_write_new_does_not_follow_a_dangling_link(self, tmp_path: Path) -> None:
        (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
        assert not files.write_new(tmp_path / "a", b"x")
        assert not (tmp_path / "elsewhere").exists()

    @pytest.mark.parametrize("taken", [False, True])
    def test_write_new_without_links(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
    ) -> None:
        """FAT sticks have no hard links."""

        def no_links(*_: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", no_links)
        path = tmp_path / "a"
        if taken:
            path.write_bytes(b"old")
        assert files.write_new(path, b"new") is not taken
        assert path.read_bytes() == (b"old" if taken else b"new")
        assert names(tmp_path) == ["a"]

    @pytest.mark.parametrize(
        ("number", "refusal"),
        [
            (errno.ENOSPC, files.DiskFull),
            (errno.EDQUOT, files.DiskFull),
            (errno.EIO, files.FolderGone),
            (errno.ENODEV, files.FolderGone),
            (errno.EROFS, files.CannotWrite),
            (errno.EACCES, files.CannotWrite),
        ],
    )
    @pytest.mark.parametrize("step", ["fsync", "replace"])
    @pytest.mark.skipif(sys.platform == "darwin", reason="F_FULLFSYNC takes the place of fsync")
    def test_a_fault_leaves_the_old_file_and_nothing_else(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        step: str,
        number: int,
        refusal: type[files.CannotWrite],
    ) -> None:
        path = tmp_path / "vault.json"
        path.write_bytes(b"old")

        def fail(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, step, fail)
        with pytest.raises(files.CannotWrite) as caught:
            files.write_atomic(path, b"new")
        assert type(caught.value) is refusal
        assert caught.value.exit_code == 3
        assert "vault.json" in str(caught.value)
        assert str(tmp_path) not in str(caught.value)
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == ["vault.json"]

    @posix
    @pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
    def test_a_share_that_cannot_sync_folders(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        fsync = os.fsync

        def refuse_folders(handle: int) -> None:
            if stat.S_ISDIR(os.fstat(handle).st_mode):
                raise OSError(number, os.strerror(number))
            fsync(handle)

        monkeypatch.setattr(os, "fsync", refuse_folders)
        files.write_atomic(tmp_path / "a", b"x")
        assert (tmp_path / "a").read_bytes() == b"x"

    def test_a_folder_that_is_gone(self, tmp_path: Path) -> None:
        for write in (files.write_atomic, files.write_new):
            with pytest.raises(files.FolderGone, match="connect it again"):
                write(tmp_path / "stick" / "a", b"x")

    @posix
    def test_a_folder_that_cannot_be_synced_is_said_in_words(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: int) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        monkeypatch.setattr(os, "fsync", refuse)
        for act in (files.fsync_folder, lambda folder: files.make_folder(folder / "new")):
            with pytest.raises(files.FolderGone, match="connect it again"):
                act(tmp_path)

    def test_a_folder_is_made_once(self, tmp_path: Path) -> None:
        files.make_folder(tmp_path / "a" / "b")
        files.make_folder(tmp_path / "a" / "b")
        assert (tmp_path / "a" / "b").is_dir()
        (tmp_path / "file").touch()
        with pytest.raises(files.CannotWrite):
            files.make_folder(tmp_path / "file" / "b")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk_really(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = os.open

        def full(path: str | Path, flags: int, mode: int = 0o777) -> int:
            return real("/dev/full" if str(path).endswith(".part") else path, flags & ~os.O_EXCL, mode)

        monkeypatch.setattr(os, "open", full)
        with pytest.raises(files.DiskFull):
            files.write_atomic(tmp_path / "a", bytes(100_000))
        assert names(tmp_path) == []

    @pytest.mark.parametrize("busy", [1, 3])
    def test_a_sharing_error_of_windows_is_waited_for(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: int
    ) -> None:
        replace, left = os.replace, [busy]

        def held(source: Path, target: Path) -> None:
            if left[0]:
                left[0] -= 1
                raise sharing_error(32)
            replace(source, target)

        monkeypatch.setattr(os, "replace", held)
        files.write_atomic(tmp_path / "a", b"x")
        assert (tmp_path / "a").read_bytes() == b"x"

    def test_a_file_held_for_ever_is_a_refusal(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        waits: list[float] = []
        monkeypatch.setattr(files.time, "sleep", waits.append)

        def held(*_: object) -> None:
            raise sharing_error(5)

        monkeypatch.setattr(os, "replace", held)
        with pytest.raises(files.CannotWrite):
            files.write_atomic(tmp_path / "a", b"x")
        assert 1 < sum(waits) < 5
        assert names(tmp_path) == []


def sharing_error(number: int) -> OSError:
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]
    return error


class TestReading:
    def test_up_to_the_limit(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"12345")
        assert files.read_regular(tmp_path / "a", 5) == b"12345"
        with pytest.raises(files.TooLarge):
            files.read_regular(tmp_path / "a", 4)

    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(files.CannotRead, match="medium connected"):
            files.read_regular(tmp_path / "a", 5)

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(files.NotRegular):
            files.read_regular(tmp_path, 5)

    @posix
    def test_links_pipes_and_devices(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"x")
        (tmp_path / "link").symlink_to(tmp_path / "a")
        (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
        os.mkfifo(tmp_path / "pipe")
        for path in (tmp_path / "link", tmp_path / "dangling", tmp_path / "pipe", Path("/dev/zero")):
            with pytest.raises(files.NotRegular):
                files.read_regular(path, 5)

    @posix
    @pytest.mark.parametrize("kind", ["link", "pipe"])
    def test_a_file_exchanged_at_the_last_moment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
    ) -> None:
        secret, path = tmp_path / "secret", tmp_path / "a"
        secret.write_bytes(b"secret")
        path.write_bytes(b"x")
        lstat = Path.lstat

        def exchange(self: Path) -> os.stat_result:
            facts = lstat(self)
            path.unlink()
            if kind == "link":
                path.symlink_to(secret)
            else:
                os.mkfifo(path)
            return facts

        monkeypatch.setattr(Path, "lstat", exchange)
        with pytest.raises(files.NotRegular):
            files.read_regular(path, 100)

    def test_free_bytes(self, tmp_path: Path) -> None:
        assert files.free_bytes(tmp_path) > 0
        with pytest.raises(files.CannotRead):
            files.free_bytes(tmp_path / "nothing")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


class TestStrictJson:
    @given(json_values.filter(lambda value: depth(value) <= 16))
    def test_reads_what_canonical_writes(self, value: object) -> None:
        text = canonical(value)
        assert files.strict_json(text) == value
        assert files.strict_json(text.decode()) == value

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            (b'{"a":1,"a":1}', "duplicate key"),
            (b'{"a":{"b":1,"\\u0062":2}}', "duplicate key"),
            (b"[1.0]", "number that is not whole"),
            (b"[1e3]", "number that is not whole"),
            (b"[NaN]", "number that is not whole"),
            (b"[-Infinity]", "number that is not whole"),
            (b"[9007199254740992]", "number too large"),
            (b"[-9007199254740992]", "number too large"),
            (b"[" + b"9" * 100_000 + b"]", "number too large"),
            (b'"\\ud800"', "broken character"),
            (b'{"\\udc00":1}', "broken character"),
            ('"\ud800"', "not UTF-8"),
            (b'"\xff"', "not UTF-8"),
            (b'"\xed\xa0\x80"', "not UTF-8"),
            (b"\xef\xbb\xbf{}", "byte-order mark"),
            ("\ufeff{}", "byte-order mark"),
            ("{}".encode("utf-16"), "not UTF-8"),
            ("{}".encode("utf-16-be"), "not JSON"),
            (b"[" * 17 + b"]" * 17, "too deep"),
            (b'{"a":' * 17 + b"1" + b"}" * 17, "too deep"),
            (b"[" * 1_000_000, "too deep"),
            (b"", "not JSON"),
            (b"{} {}", "not JSON"),
            (b"{'a':1}", "not JSON"),
            (b'{"a":1,}', "not JSON"),
            (b'"\n"', "not JSON"),
            (b"\xc2\xa0{}", "not JSON"),
        ],
    )
    def test_refuses(self, text: bytes | str, what: str) -> None:
        with pytest.raises(files.StrictJsonError) as caught:
            files.strict_json(text)
        assert caught.value.what == what

    def test_a_second_pair_of_a_name_is_found_however_it_is_written(self) -> None:
        for text in ('{"a":1,"a":2}', '{"a" : 1,"a" : 2}', '[{"b":{"a":":","a":1}}]', '{"a":1,"\\u0061":1}'):
            with pytest.raises(files.StrictJsonError) as caught:
                files.strict_json(text)
            assert caught.value.what == "duplicate key"
        assert files.strict_json('{"a:" : ":", "b":[":"]}') == {"a:": ":", "b": [":"]}

    def test_sixteen_levels_and_the_largest_number_are_allowed(self) -> None:
        assert depth(files.strict_json(b"[" * 16 + b"]" * 16)) == 16
        assert files.strict_json(b"[9007199254740991,-9007199254740991]") == [2**53 - 1, 1 - 2**53]
        assert files.strict_json(b'"\\ud83d\\ude00"') == "\U0001f600"

    @given(st.binary(max_size=60) | st.text(max_size=60))
    def test_one_exception_whatever_comes(self, data: bytes | str) -> None:
        try:
            value = files.strict_json(data)
        except files.StrictJsonError:
            return
        assert json.loads(canonical(value)) == value
