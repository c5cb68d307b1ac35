"""Log-in by e-mail as allauth does it; the user of a request comes together with their memberships."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from socialaftale.kerne.models import Bruger, Medlemskab


class Loginbackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Bruger | None:
        """The user with the memberships of today, which every page asks for next; one query for both.

        Somebody without a membership costs two.
        """
        medlemskaber = list(
            Medlemskab.objects.gaeldende().filter(bruger=user_id).select_related("organisation", "bruger")
        )
        if not medlemskaber:
            uden = super().get_user(user_id)
            if uden is not None:
                uden.dagens_medlemskaber = []
            return uden
        bruger = medlemskaber[0].bruger
        bruger.dagens_medlemskaber = medlemskaber
        return bruger if self.user_can_authenticate(bruger) else None
