"""A real server for the browser: gunicorn and whitenoise with DEBUG off, over a folder of data of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROD = Path(__file__).resolve().parent.parent.parent
FREMMED = ("DATABASE_URL", "MEDIA_ROOT", "OMRAADEDATA", "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")
STOPTID = 10


def miljoe(var: Path, statik: Path, **mere: str) -> dict[str, str]:
    """The environment of a process over the folder `var`; nothing of the caller's database gets in."""
    eget = {navn: vaerdi for navn, vaerdi in os.environ.items() if navn not in FREMMED}
    return eget | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "SOCIALAFTALE_VAR": str(var),
        "STATIC_ROOT": str(statik),
        **mere,
    }


def _foran() -> list[str]:
    """The server ends with the tests, also when they are killed too hard to say goodbye."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


@contextmanager
def koer_server(var: Path, statik: Path, *, maa_fejle: bool = False, **mere: str) -> Iterator[str]:
    """Serve the folder `var`; gives the address. The log stands in `var`; an error in it fails unless `maa_fejle`.

    The socket is opened here, so that no port is guessed and the first request simply waits for the server.
    """
    with socket.socket() as stik:
        stik.bind(("127.0.0.1", 0))
        stik.listen(64)
        with (var / "web.log").open("w") as log:
            proces = subprocess.Popen(
                [
                    *_foran(),
                    *(sys.executable, "-m", "gunicorn", "socialaftale.wsgi:application"),
                    *("--bind", f"fd://{stik.fileno()}", "--workers", "1", "--worker-class", "gthread"),
                    *("--threads", "6", "--graceful-timeout", "1", "--no-control-socket"),
                ],
                cwd=ROD,
                env=miljoe(var, statik, **mere),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[stik.fileno()],
            )
        try:
            yield f"http://127.0.0.1:{stik.getsockname()[1]}"
        finally:
            proces.terminate()
            try:
                proces.wait(STOPTID)
            except subprocess.TimeoutExpired:
                proces.kill()
                proces.wait()
    tekst = (var / "web.log").read_text(encoding="utf-8")
    assert maa_fejle or " ERROR " not in tekst, tekst[-6000:]
