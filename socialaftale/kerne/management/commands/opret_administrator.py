"""Make the first administrator of an installation, or one more when nobody can log in any longer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.brugere import handlinger, mails
from socialaftale.kerne.enums import Organisationstype, Rolle
from socialaftale.kerne.models import Bruger, Organisation
from socialaftale.kerne.templatetags.dansk import tidspunkt


class Command(BaseCommand):
    help = "Opretter en administrator i sekretariatet og skriver et link til at vælge adgangskode."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="Brugerens e-mailadresse")
        parser.add_argument("--navn", default="", help="Brugerens navn; skal med, når brugeren ikke findes")
        parser.add_argument("--send", action="store_true", help="Send også linket til adressen")

    def handle(self, *args: Any, email: str, navn: str, send: bool, **options: Any) -> None:
        email = email.strip().lower()
        sekretariat = Organisation.objects.filter(type=Organisationstype.SEKRETARIAT).first()
        if sekretariat is None:
            raise CommandError("Der er intet sekretariat endnu. Kør først: manage.py indlaes_grunddata")
        bruger = Bruger.objects.filter(email=email).first()
        if bruger is None and not navn.strip():
            raise CommandError("Skriv brugerens navn med --navn.")
        try:
            validate_email(email)
            if bruger is None or not self._er_administrator(bruger):
                bruger = handlinger.inviter(
                    adgang=Adgang.system(),
                    email=email,
                    navn=navn,
                    organisation=sekretariat,
                    roller=[Rolle.SEKRETARIAT_ADMIN],
                    fra=timezone.localdate(),
                    send=send,
                )
            elif send:
                handlinger.send_invitation(bruger, adgang=Adgang.system())
        except ValidationError as fejl:
            raise CommandError(" ".join(fejl.messages)) from None
        except mails.Mailfejl:
            self.stderr.write("Mailen kunne ikke sendes. Giv selv linket videre.")
            bruger = Bruger.objects.get(email=email)
        self.stdout.write(
            f"{bruger.navn} er administrator. Vælg adgangskode her senest {tidspunkt(mails.linket_udloeber())}:"
        )
        self.stdout.write(mails.adgangskodelink(bruger))

    def _er_administrator(self, bruger: Bruger) -> bool:
        return bruger.medlemskaber.gaeldende().filter(rolle=Rolle.SEKRETARIAT_ADMIN).exists()
