"""No test reaches the network: whoever looks up or connects to anything but this machine gets NetvaernFejl.

An audit hook sees every socket of this process, whichever library opens it; nothing has to be patched. It cannot be
taken away again, which is the point.
"""

import ipaddress
import socket
import sys
from typing import Any

# The machine's own name is looked up by Django when it numbers a mail.
LOKALE_NAVNE = {"", "localhost", "ip6-localhost", socket.gethostname().lower()}
FORBINDELSER = {"socket.connect", "socket.sendto", "socket.sendmsg"}
OPSLAG = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class NetvaernFejl(RuntimeError):
    """A test tried to leave the machine. Not an OSError, so that no code under test takes it for a network fault."""


def er_lokal(vaert: object) -> bool:
    """True for this machine: no host at all, its names, and the loopback addresses."""
    navn = vaert.decode() if isinstance(vaert, bytes) else vaert
    if navn is None:
        return True
    if not isinstance(navn, str):
        return False
    if navn.lower() in LOKALE_NAVNE:
        return True
    try:
        return ipaddress.ip_address(navn.partition("%")[0]).is_loopback
    except ValueError:
        return False


def vagt(haendelse: str, argumenter: tuple[Any, ...]) -> None:
    """The audit hook. A Unix socket's address is a path or bytes and stays on the machine."""
    if haendelse in FORBINDELSER:
        adresse = argumenter[1]
        if isinstance(adresse, tuple) and not er_lokal(adresse[0]):
            raise NetvaernFejl(f"A test tried to reach {adresse[0]}; only this machine is allowed.")
    elif haendelse in OPSLAG and not er_lokal(argumenter[0]):
        raise NetvaernFejl(f"A test tried to look up {argumenter[0]}; only this machine is allowed.")


def pytest_configure() -> None:
    sys.addaudithook(vagt)
