import socket
import urllib.request

import pytest

from tests.plugins.netvaern import NetvaernFejl, er_lokal


@pytest.mark.parametrize(
    "vaert", [None, "", "localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1", b"127.0.0.1", socket.gethostname()]
)
def test_denne_maskine_er_lokal(vaert):
    assert er_lokal(vaert)


@pytest.mark.parametrize(
    "vaert", ["192.0.2.1", "10.0.0.1", "0.0.0.0", "eksempel.invalid", "2001:db8::1", b"192.0.2.1", 7]
)
def test_alt_andet_er_fremmed(vaert):
    assert not er_lokal(vaert)


def test_en_forbindelse_ud_af_maskinen_standses():
    with socket.socket() as stik, pytest.raises(NetvaernFejl, match=r"192\.0\.2\.1"):
        stik.connect(("192.0.2.1", 80))


def test_en_pakke_ud_af_maskinen_standses():
    with socket.socket(type=socket.SOCK_DGRAM) as stik, pytest.raises(NetvaernFejl, match=r"192\.0\.2\.1"):
        stik.sendto(b"hej", ("192.0.2.1", 9))


def test_et_navneopslag_standses_ogsaa_gennem_et_bibliotek():
    with pytest.raises(NetvaernFejl, match=r"eksempel\.invalid"):
        urllib.request.urlopen("http://eksempel.invalid/")


def test_maskinen_naar_sig_selv():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as klient:
        assert klient.getpeername() == server.getsockname()
