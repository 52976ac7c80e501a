"""One program per folder, and no folder where databases get damaged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from anifro_desktop.store import instance
from anifro_desktop.store.errors import OtherInstance, UnsafeFolder, VaultMissing
from anifro_desktop.store.instance import InstanceLock, check_folder, cloud_folder, lock_folder, network_type

MOUNTS = """/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
//server/share /media/clinic\\040share cifs rw 0 0
server:/export /media/nfs nfs4 rw 0 0
/dev/sdb1 /media/nfs/local ext4 rw 0 0
me@host:/ /srv/me/remote fuse.sshfs rw 0 0
"""
APPLE = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only)
//me@server/share on /Volumes/share (smbfs, nodev, nosuid)
/dev/disk4s1 on /Volumes/Stick (with brackets) (msdos, local)
"""
HOLD = """
import sys
from pathlib import Path
from anifro_desktop.store.errors import OtherInstance
from anifro_desktop.store.instance import InstanceLock
try:
    lock = InstanceLock(Path(sys.argv[1]))
except OtherInstance as refusal:
    print("refused", refusal)
else:
    print("held", flush=True)
    sys.stdin.readline()
"""


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_second_instance_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with lock_folder(tmp_path):
        said, _ = start(tmp_path).communicate()
        assert said.startswith("refused The program is already open on this data folder")
        with pytest.raises(OtherInstance):
            InstanceLock(tmp_path)
    InstanceLock(tmp_path).release()


def test_of_several_started_together_exactly_one_gets_the_folder(tmp_path: Path) -> None:
    children = [start(tmp_path) for _ in range(4)]
    firsts = [child.stdout.readline().split()[0] for child in children if child.stdout]
    for child in children:
        child.communicate("\n" if child.poll() is None else None)
    assert sorted(firsts) == ["held", "refused", "refused", "refused"]


def test_a_killed_instance_leaves_nothing_to_clean_up(tmp_path: Path) -> None:
    child = start(tmp_path)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    child.kill()
    child.communicate()
    InstanceLock(tmp_path).release()


def test_a_folder_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(VaultMissing):
        InstanceLock(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/me/data", ""),
        ("/media/clinic share/anifro", "cifs"),
        ("/media/nfs/anifro", "nfs4"),
        ("/media/nfs/local/anifro", ""),
        ("/media/nfsother", ""),
        ("/srv/me/remote", "fuse.sshfs"),
    ],
)
def test_network_shares_are_known_by_the_longest_mount(path: str, kind: str) -> None:
    assert network_type(PurePosixPath(path), MOUNTS) == kind


def test_mounts_are_read_as_macos_prints_them() -> None:
    assert network_type(PurePosixPath("/Volumes/share/x"), APPLE) == "smbfs"
    assert network_type(PurePosixPath("/Volumes/Stick (with brackets)/x"), APPLE) == ""
    assert network_type(PurePosixPath("/Volumes/Disk/me"), APPLE) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("OneDrive", "OneDrive - Università di Esempio", "Dropbox", "Dropbox (Personal)", "Google Drive"),
        *("GoogleDrive-me", "iCloud Drive", "iCloudDrive", "Mobile Documents", "Nextcloud", "ownCloud"),
    ],
)
def test_folders_of_cloud_services_are_refused(tmp_path: Path, name: str) -> None:
    inside = tmp_path / name / "anifro"
    inside.mkdir(parents=True)
    with pytest.raises(UnsafeFolder, match="choose one on this computer") as refusal:
        check_folder(inside)
    assert refusal.value.params == {"kind": "cloud", "name": name}
    link = tmp_path / "innocent"
    link.symlink_to(inside)
    with pytest.raises(UnsafeFolder):
        lock_folder(link)


@pytest.mark.parametrize("name", ["anifro", "boxes", "dropboxes", "one", "clouds", "Megara"])
def test_ordinary_names_are_no_cloud_services(name: str) -> None:
    assert cloud_folder(Path("/srv/me") / name) == ""


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "_network", lambda path: "cifs")
    with pytest.raises(UnsafeFolder) as refusal:
        check_folder(tmp_path)
    assert refusal.value.params["kind"] == "network"
    monkeypatch.undo()
    check_folder(tmp_path)
