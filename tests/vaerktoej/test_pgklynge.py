import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.vaerktoej.pgklynge import KlyngeFejl, find_binaerer

PROGRAM = Path(__file__).resolve().parent / "pgklynge.py"
SPOERG = """
import os, pathlib, sys, urllib.parse, psycopg
adresse = os.environ["DATABASE_URL"]
assert os.environ["TEST_DATABASE_URL"] == adresse
mappe = urllib.parse.unquote(adresse.partition("@")[2].partition("/")[0])
with psycopg.connect(adresse) as db:
    print(mappe, db.execute("SHOW fsync").fetchone()[0], db.execute("SHOW listen_addresses").fetchone()[0] or "intet")
sys.exit(7)
"""


def har_postgresql() -> bool:
    try:
        find_binaerer()
    except KlyngeFejl:
        return False
    return True


pytestmark = [
    pytest.mark.langsom,
    pytest.mark.skipif(not har_postgresql(), reason="PostgreSQL's server programs are not installed"),
]


def start(*kommando: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, PROGRAM, "--", *kommando], stdout=subprocess.PIPE, text=True)


def test_kommandoen_faar_sin_egen_database_og_intet_bliver_tilbage():
    with start(sys.executable, "-c", SPOERG) as proces:
        svar, _ = proces.communicate(timeout=60)
    mappe, fsync, adresser = svar.split()
    assert proces.returncode == 7
    assert (fsync, adresser) == ("off", "intet")
    assert not Path(mappe).exists()


def _er_vaek(pid: int) -> bool:
    """Is the process gone, or soon? Who inherited it may take a moment to bury it."""
    frist = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < frist:
        time.sleep(0.1)
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("tegn", [signal.SIGTERM, signal.SIGINT])
def test_et_stop_udefra_rydder_ogsaa_op(tegn):
    with start("sh", "-c", 'echo "$DATABASE_URL $$"; exec sleep 60') as proces:
        adresse, pid = proces.stdout.readline().split()
        mappe = Path(adresse.partition("@")[2].partition("/")[0].replace("%2F", "/"))
        assert (mappe / "data" / "postmaster.pid").exists()
        proces.send_signal(tegn)
        assert proces.wait(timeout=60) == 128 + tegn
    assert not mappe.exists()
    assert _er_vaek(int(pid))


def test_serveren_doer_med_et_program_der_slaas_ihjel():
    with start("sh", "-c", 'echo "$DATABASE_URL $$"; exec sleep 60') as proces:
        adresse, pid = proces.stdout.readline().split()
        mappe = Path(adresse.partition("@")[2].partition("/")[0].replace("%2F", "/"))
        server = int((mappe / "data" / "postmaster.pid").read_text().split()[0])
        proces.kill()
        os.kill(int(pid), signal.SIGKILL)
    assert _er_vaek(server)
    subprocess.run(["rm", "-rf", mappe], check=True)


def test_uden_kommando_forklares_brugen():
    resultat = subprocess.run([sys.executable, PROGRAM], capture_output=True, text=True, check=False)
    assert resultat.returncode == 2
    assert "Usage" in resultat.stderr
