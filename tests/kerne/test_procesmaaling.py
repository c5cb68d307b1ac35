"""What started processes use is seen while they run."""

import subprocess
import sys

from socialaftale.kerne.procesmaaling import maal

# A process that has a child of its own, which holds 60 MB and computes for a while.
BARN = (
    "import time\nx = bytearray(60_000_000)\nslut = time.process_time() + 0.5\nwhile time.process_time() < slut: pass"
)
FORAELDER = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BARN!r}], check=True)"


def test_tid_og_hukommelse_hos_boern_og_boerneboern():
    with maal() as forbrug:
        subprocess.run([sys.executable, "-c", FORAELDER], check=True)
    assert forbrug.sekunder > 0
    assert forbrug.cpu >= 0.5
    assert 60 <= forbrug.hukommelse_mb < 200


def test_uden_boern_taeller_processen_selv():
    with maal() as forbrug:
        sum(range(2_000_000))
    assert forbrug.cpu > 0
    assert forbrug.hukommelse_mb == 0
