"""Keys derived from SECRET_KEY: one per purpose and holder, and SECRET_KEY can be changed."""

import pytest
from cryptography.fernet import InvalidToken

from socialaftale.kerne.kryptering import fernet


def test_frem_og_tilbage():
    assert fernet("a").decrypt(fernet("a").encrypt("æøå".encode())).decode() == "æøå"


@pytest.mark.parametrize(("formaal", "noegle"), [("b", b"k"), ("a", b"anden"), ("a", b"")])
def test_andet_formaal_eller_anden_noegle_aabner_ikke(formaal, noegle):
    hemmeligt = fernet("a", b"k").encrypt(b"x")
    with pytest.raises(InvalidToken):
        fernet(formaal, noegle).decrypt(hemmeligt)


def test_skift_af_secret_key(settings):
    hemmeligt = fernet("a").encrypt(b"x")
    settings.SECRET_KEY, gammel = "ny", settings.SECRET_KEY
    with pytest.raises(InvalidToken):
        fernet("a").decrypt(hemmeligt)
    settings.SECRET_KEY_FALLBACKS = [gammel]
    assert fernet("a").decrypt(hemmeligt) == b"x"
