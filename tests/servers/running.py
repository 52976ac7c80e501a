"""Real servers on loopback, each in a process of its own that ends with the test.

A server whose program is not installed is not faked: the test that wants it is skipped and named as not run.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from authority import HOST, Authority, Issued
from missing import without

HERE = Path(__file__).parent
USER, PASSWORD = "P03", "a password of the server: ünì"
_PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/lib/openssh", "/usr/libexec/openssh", "/usr/lib/ssh")


@dataclass(frozen=True)
class Served:
    """A server that runs. folder: what it serves, as it lies on the disk."""

    port: int
    folder: Path
    url: str = ""
    host_key: str = ""


def program(name: str, package: str) -> str:
    """The path of a server's program; without it the test is not run."""
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), *_PLACES)))
    if found is None:
        without(package)
    return found


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def workshop() -> Iterator[Path]:
    """A folder that servers under another user may read too, unlike pytest's."""
    with tempfile.TemporaryDirectory(prefix="anifro-server-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "served").mkdir()
        yield folder


@contextlib.contextmanager
def process(
    command: list[str], port: int, folder: Path, *, user: str = "", extra: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end of the block; wait until it takes connections."""
    said = folder / f"said-{port}.txt"
    options = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    with said.open("wb") as stream:
        running = subprocess.Popen(
            command, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL, cwd=folder,
            env={**os.environ, **(extra or {})}, **options,
        )  # fmt: skip
    try:
        _await(running, port, said)
        yield running
    finally:
        running.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(10)
        if running.poll() is None:
            running.kill()
            running.wait()


def _await(running: subprocess.Popen[bytes], port: int, said: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert running.poll() is None, said.read_text(errors="replace")
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError(f"the server does not answer: {said.read_text(errors='replace')}")


def _somebody() -> str:
    """The user under whom a server that refuses to run as root runs."""
    return "www-data" if os.geteuid() == 0 else ""


def _hand_over(folder: Path, user: str) -> None:
    if user:
        who = pwd.getpwnam(user)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, who.pw_uid, who.pw_gid)


@contextlib.contextmanager
def wsgidav(certificate: Issued, *, port: int = 0) -> Iterator[Served]:
    """WsgiDAV behind cheroot's TLS, with a login."""
    with workshop() as folder:
        port = port or free_port()
        paths = certificate.save(folder, "server")
        script = [sys.executable, str(HERE / "serve_wsgidav.py"), str(folder / "served"), str(port)]
        with process([*script, *map(str, paths), USER, PASSWORD], port, folder):
            yield Served(port, folder / "served", f"https://{HOST}:{port}/")


_APACHE = """
ServerName localhost
Listen {host}:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
Mutex file:{folder} default
DocumentRoot {folder}/served
DavLockDB {folder}/locks/db
LimitRequestBody 20971520
<Directory />
  Require all denied
</Directory>
<Location />
  Dav On
  {login}
</Location>
SSLEngine on
SSLCertificateFile {folder}/server.crt
SSLCertificateKeyFile {folder}/server.key
{more}
"""
_APACHE_MODULES = (
    "mpm_event", "authn_core", "authz_core", "authz_user", "auth_basic", "authn_file", "dav", "dav_fs", "ssl",
    "socache_shmcb",
)  # fmt: skip


@contextlib.contextmanager
def apache(certificate: Issued, *, clients: Authority | None = None) -> Iterator[Served]:
    """Apache's own WebDAV. clients: who vouches for the computers that may connect; without it, a login."""
    command, password_file = program("apache2", "apache2"), program("htpasswd", "apache2-utils")
    modules = next((path for path in map(Path, ("/usr/lib/apache2/modules",)) if path.is_dir()), None)
    if modules is None:
        without("apache2 with its modules where Debian puts them")
    with workshop() as folder:
        port = free_port()
        certificate.save(folder, "server")
        (folder / "locks").mkdir()
        subprocess.run(
            [password_file, "-cbB", str(folder / "users"), USER, PASSWORD], check=True, capture_output=True
        )
        login = f"AuthType Basic\nAuthName study\nAuthUserFile {folder}/users\nRequire valid-user"
        more = ""
        if clients is not None:
            (folder / "clients.crt").write_bytes(clients.pem)
            login = "Require all granted"
            more = f"SSLCACertificateFile {folder}/clients.crt\nSSLVerifyClient require"
        loads = "\n".join(
            f"LoadModule {name}_module {modules}/mod_{name}.so"
            for name in _APACHE_MODULES
            if (modules / f"mod_{name}.so").exists()
        )
        text = _APACHE.format(host=HOST, port=port, folder=folder, login=login, more=more)
        (folder / "apache.conf").write_text(loads + text)
        _hand_over(folder, _somebody())
        with process([command, "-X", "-f", str(folder / "apache.conf")], port, folder, user=_somebody()):
            yield Served(port, folder / "served", f"https://{HOST}:{port}/")


_NGINX = """
{loads}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  client_max_body_size {largest};
  server {{
    listen {host}:{port} ssl;
    ssl_certificate {folder}/server.crt;
    ssl_certificate_key {folder}/server.key;
    root {folder}/served;
    dav_methods PUT DELETE MKCOL COPY MOVE;
    dav_ext_methods PROPFIND OPTIONS;
    {more}
  }}
}}
"""


@contextlib.contextmanager
def nginx(certificate: Issued, *, clients: Authority | None = None, largest: str = "20m") -> Iterator[Served]:
    """Nginx with its WebDAV modules. clients: who vouches for the computers that may connect."""
    command = program("nginx", "nginx")
    module = Path("/usr/lib/nginx/modules/ngx_http_dav_ext_module.so")
    if not module.exists():
        without("libnginx-mod-http-dav-ext")
    with workshop() as folder:
        port = free_port()
        certificate.save(folder, "server")
        more = ""
        if clients is not None:
            (folder / "clients.crt").write_bytes(clients.pem)
            more = f"ssl_client_certificate {folder}/clients.crt; ssl_verify_client on;"
        text = _NGINX.format(
            host=HOST, port=port, folder=folder, loads=f"load_module {module};", more=more, largest=largest
        )
        (folder / "nginx.conf").write_text(text)
        _hand_over(folder, _somebody())
        with process(
            [command, "-c", str(folder / "nginx.conf"), "-e", f"{folder}/start.log"],
            port,
            folder,
            user=_somebody(),
        ):
            yield Served(port, folder / "served", f"https://{HOST}:{port}/")


_SSHD = """
Port {port}
ListenAddress {host}
HostKey {folder}/host
PidFile {folder}/sshd.pid
AuthorizedKeysFile {folder}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 50
Subsystem sftp {server}
"""


def ssh_key(folder: Path, name: str, kind: str = "ed25519", passphrase: str = "") -> Path:
    """A new key of OpenSSH; its public half lies beside it."""
    make = [program("ssh-keygen", "openssh-client"), "-q", "-t", kind, "-N", passphrase, "-C", "test"]
    subprocess.run([*make, "-f", str(folder / name)], check=True, capture_output=True)
    return folder / name


def fingerprint(public: Path) -> str:
    """As an administrator reads it out."""
    show = [program("ssh-keygen", "openssh-client"), "-lf", str(public)]
    return subprocess.run(show, check=True, capture_output=True, text=True).stdout.split()[1]


@contextlib.contextmanager
def sshd(
    *keys: Path, port: int = 0, host_key: Path | None = None, read_only: bool = False
) -> Iterator[Served]:
    """OpenSSH with its sftp-server. keys: private keys of whom it lets in; read_only: nobody may write there."""
    command, server = program("sshd", "openssh-server"), program("sftp-server", "openssh-sftp-server")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it drops its rights before a login
    with workshop() as folder:
        port = port or free_port()
        if host_key is None:
            ssh_key(folder, "host")
        else:
            for path in (host_key, host_key.with_name(host_key.name + ".pub")):
                shutil.copy(path, folder / f"host{path.suffix}")
        authorized = (key.with_name(key.name + ".pub").read_text() for key in keys)
        (folder / "authorized").write_text("".join(authorized))
        (folder / "authorized").chmod(0o644)
        text = _SSHD.format(
            host=HOST, port=port, folder=folder, server=f"{server} -R" if read_only else server
        )
        (folder / "sshd.conf").write_text(text)
        with process([command, "-D", "-e", "-f", str(folder / "sshd.conf")], port, folder):
            yield Served(port, folder / "served", host_key=fingerprint(folder / "host.pub"))


def me() -> str:
    """The user that runs the tests, who is also the user of the SFTP server."""
    return pwd.getpwuid(os.geteuid()).pw_name
