"""Runs one command against a private, throw-away PostgreSQL cluster.

    python tests/vaerktoej/pgklynge.py -- COMMAND [ARGUMENT ...]

The cluster lives in a folder of its own under /tmp and listens on a Unix socket in it, never on a port, so it can
neither meet nor be mistaken for another server. The command finds its address in TEST_DATABASE_URL and DATABASE_URL.
Whatever ends the command also stops the server and removes the folder. PostgreSQL refuses to run as root: root
starts it as the user `postgres`, or `nobody` where there is none. Only the standard library is used.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

BRUGER = "socialaftale"
DATABASE = "socialaftale"
STARTFRIST_SEKUNDER = 30
SLUTFRIST_SEKUNDER = 20
SLUTSIGNALER = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

# Everything that makes data survive a power cut is off: the cluster is deleted when the command ends.
INDSTILLINGER = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "jit": "off",
    "logging_collector": "off",
    "timezone": "UTC",
}


class KlyngeFejl(Exception):
    """The cluster could not be made or started; the message says why."""


def find_binaerer() -> Path:
    """The folder with initdb and postgres: Debian's newest version, else the one on PATH."""
    versioner = [sti.parent for sti in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if versioner:
        return max(versioner, key=lambda mappe: float(mappe.parent.name))
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    raise KlyngeFejl("PostgreSQL's server programs (initdb, postgres) were not found; install the package postgresql.")


def _ejer() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root; None means ourselves."""
    if os.geteuid() != 0:
        return None
    for navn in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(navn)
    raise KlyngeFejl("Neither the user postgres nor nobody exists, and PostgreSQL refuses to run as root.")


def _doe_med_foraelder() -> None:
    """The kernel stops the child if this process ends without tidying up after itself (Linux only)."""
    pr_set_pdeathsig = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)


def _som(ejer: pwd.struct_passwd | None) -> dict[str, Any]:
    """The Popen arguments that run a program as the server's owner, deaf to the terminal's Ctrl-C."""
    valg: dict[str, Any] = {"start_new_session": True, "stdin": subprocess.DEVNULL}
    if ejer:
        valg |= {"user": ejer.pw_uid, "group": ejer.pw_gid, "extra_groups": []}
    return valg


def _koer(kommando: Sequence[str | Path], mappe: Path, ejer: pwd.struct_passwd | None) -> None:
    resultat = subprocess.run(
        [str(led) for led in kommando], cwd=mappe, capture_output=True, text=True, check=False, **_som(ejer)
    )
    if resultat.returncode:
        raise KlyngeFejl(f"{kommando[0]} failed:\n{resultat.stdout}{resultat.stderr}")


def _vent_paa(server: subprocess.Popen[bytes], bin_mappe: Path, mappe: Path) -> None:
    frist = time.monotonic() + STARTFRIST_SEKUNDER
    spoerg = [bin_mappe / "pg_isready", "--quiet", "--host", mappe, "--username", BRUGER, "--dbname", "postgres"]
    while server.poll() is None and time.monotonic() < frist:
        if subprocess.run(spoerg, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise KlyngeFejl(f"PostgreSQL did not start:\n{(mappe / 'server.log').read_text(errors='replace')[-3000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown, then the hard ways."""
    for tegn in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is not None:
            return
        server.send_signal(tegn)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(SLUTFRIST_SEKUNDER)


@contextlib.contextmanager
def klynge() -> Iterator[str]:
    """A running cluster with one empty database; gives its address as a DATABASE_URL.

    Raises KlyngeFejl when PostgreSQL is missing or does not start.
    """
    bin_mappe, ejer = find_binaerer(), _ejer()
    # Not TMPDIR: a socket's path is at most 107 characters, and the server's user must be able to enter the folder.
    mappe = Path(tempfile.mkdtemp(prefix="socialaftale-pg-", dir="/tmp"))
    server = None
    try:
        if ejer:
            os.chown(mappe, ejer.pw_uid, ejer.pw_gid)
        data = mappe / "data"
        initdb = [bin_mappe / "initdb", "--pgdata", data, "--username", BRUGER, "--auth", "trust"]
        _koer([*initdb, "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"], mappe, ejer)
        argumenter = [bin_mappe / "postgres", "-D", data, "-k", mappe]
        for navn, vaerdi in INDSTILLINGER.items():
            argumenter += ["-c", f"{navn}={vaerdi}"]
        with (mappe / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [str(led) for led in argumenter],
                cwd=mappe,
                stdout=log,
                stderr=log,
                preexec_fn=_doe_med_foraelder,
                **_som(ejer),
            )
        _vent_paa(server, bin_mappe, mappe)
        _koer([bin_mappe / "createdb", "--host", mappe, "--username", BRUGER, DATABASE], mappe, ejer)
        yield f"postgresql://{BRUGER}@{quote(str(mappe), safe='')}/{DATABASE}"
    finally:
        if server:
            _stop(server)
        shutil.rmtree(mappe, ignore_errors=True)


def koer_mod_klynge(kommando: Sequence[str]) -> int:
    """The command's exit code; the command ends before the server does, also when we are asked to stop."""
    with klynge() as adresse:
        proces = subprocess.Popen(
            kommando,
            env=os.environ | {"DATABASE_URL": adresse, "TEST_DATABASE_URL": adresse},
            # A signal may come before we hold the process: then it ends with us.
            preexec_fn=_doe_med_foraelder,
        )
        try:
            kode = proces.wait()
        except BaseException:
            proces.terminate()
            try:
                proces.wait(SLUTFRIST_SEKUNDER)
            except subprocess.TimeoutExpired:
                proces.kill()
            raise
    return kode if kode >= 0 else 128 - kode


def _afslut(signalnummer: int, _ramme: FrameType | None) -> None:
    """Leave through the clean-up, which a second signal must not interrupt."""
    for tegn in SLUTSIGNALER:
        signal.signal(tegn, signal.SIG_IGN)
    raise SystemExit(128 + signalnummer)


def main(argumenter: Sequence[str]) -> int:
    if len(argumenter) < 2 or argumenter[0] != "--":
        sys.stderr.write("Usage: python tests/vaerktoej/pgklynge.py -- COMMAND [ARGUMENT ...]\n")
        return 2
    for tegn in SLUTSIGNALER:
        signal.signal(tegn, _afslut)
    try:
        return koer_mod_klynge(argumenter[1:])
    except KlyngeFejl as fejl:
        sys.stderr.write(f"{fejl}\n")
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
