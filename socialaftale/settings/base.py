"""Settings shared by every environment; values that differ per installation are read from the environment."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DKFDS = BASE_DIR / "node_modules" / "dkfds" / "dist"
# The text editor, bundled from static/editor by `npm run build`.
SKRIV = BASE_DIR / "build" / "skriv"
VAR = Path(os.environ.get("SOCIALAFTALE_VAR", BASE_DIR / "var"))

# The folder of data that sets up one region: parties, name of the agreement, contact, register, texts.
OMRAADEDATA = Path(os.environ.get("OMRAADEDATA", BASE_DIR / "fixtures"))

SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = [vaert for vaert in os.environ.get("ALLOWED_HOSTS", "").split(",") if vaert]
# The installation's own address, for links in mails.
BASISADRESSE = os.environ.get("BASISADRESSE") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
CSRF_TRUSTED_ORIGINS = [adresse for adresse in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if adresse]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_tables2",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "socialaftale.kerne",
    "tilbud",
    "takster",
    "udmeldinger",
    "socialaftale.aftale",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "socialaftale.kerne.middleware.ReferenceMiddleware",
    "socialaftale.kerne.middleware.CacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "socialaftale.kerne.middleware.AdgangMiddleware",
    "socialaftale.kerne.middleware.TotpKravMiddleware",
    # After CsrfViewMiddleware, whose check it relies on, and before what sends people to the log-in.
    "socialaftale.kerne.gemtpost.middleware.GemtPostMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "socialaftale.urls"
WSGI_APPLICATION = "socialaftale.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "socialaftale.kerne.kontekst.ramme",
            ],
        },
    }
]
FORM_RENDERER = "socialaftale.kerne.formularer.Renderer"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR / 'db.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Django's own backend plus the Danish collation.
    DATABASES["default"]["ENGINE"] = "socialaftale.kerne.sqlite"
    # Writers queue instead of failing with "database is locked"; readers are never blocked.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must be shared by all processes, hence the database and not the process' memory.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kerne_cache"}}

AUTH_USER_MODEL = "kerne.Bruger"
AUTHENTICATION_BACKENDS = ["socialaftale.kerne.loginbackend.Loginbackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "socialaftale.kerne.adgangskoder.IkkeEnSelv"},
    {"NAME": "socialaftale.kerne.adgangskoder.Laengde", "OPTIONS": {"min_length": 12}},
    {"NAME": "socialaftale.kerne.adgangskoder.IkkeKendt"},
    {"NAME": "socialaftale.kerne.adgangskoder.IkkeKunTal"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "kerne:forside"
ACCOUNT_LOGOUT_REDIRECT_URL = "kerne:forside"
ACCOUNT_ADAPTER = "socialaftale.kerne.konto.Kontoadapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# Accounts are made by the secretariat's invitation, which proves the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
# A user has one address; a new one takes its place when it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Many users of a municipality share one address; one account is guessed at five times in five minutes at most.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
ACCOUNT_FORMS = {
    "login": "socialaftale.kerne.kontoformularer.Logind",
    "reauthenticate": "socialaftale.kerne.kontoformularer.Bekraeftadgangskode",
    "reset_password": "socialaftale.kerne.kontoformularer.Nulstiladgangskode",
    "reset_password_from_key": "socialaftale.kerne.kontoformularer.Nyadgangskode",
    "set_password": "socialaftale.kerne.kontoformularer.Saetadgangskode",
    "change_password": "socialaftale.kerne.kontoformularer.Skiftadgangskode",
}
# An invitation or a forgotten password: the link works once, and for three days.
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3
MFA_ADAPTER = "socialaftale.kerne.konto.Totrinsadapter"
MFA_FORMS = {
    "authenticate": "socialaftale.kerne.kontoformularer.Bekraeftkode",
    "reauthenticate": "socialaftale.kerne.kontoformularer.Genbekraeftkode",
    "activate_totp": "socialaftale.kerne.kontoformularer.Aktivertotp",
    "deactivate_totp": "socialaftale.kerne.kontoformularer.Slaatotpfra",
    "generate_recovery_codes": "socialaftale.kerne.kontoformularer.Nyekoder",
}
# The invitation is what proves an address; allauth's own mark of it is not used.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Socialaftale"
# Roles that open nothing before they have a second factor; switched off in the demo.
KRAEV_TOTP = os.environ.get("KRAEV_TOTP", "1") == "1"

SESSION_COOKIE_AGE = 60 * 60 * 2
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk")]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["socialaftale.kerne.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticroot"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("skriv", SKRIV),
    ("dkfds/css", DKFDS / "css"),
    ("dkfds/js", DKFDS / "js"),
    ("dkfds/img", DKFDS / "img"),
    ("dkfds/fonts/IBMPlexSans/complete", DKFDS / "fonts" / "IBMPlexSans" / "complete"),
]
STATICFILES_FINDERS = ["socialaftale.kerne.statik.BegraensetFinder"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "tgz", "bz2", "tbz", "xz", "br", "swf", "flv"),
    *("woff", "woff2", "3gp", "3gpp", "asf", "avi", "m4v", "mov", "mp4", "mpeg", "mpg", "webm", "wmv"),
    *("eot", "ttf", "otf", "map"),
]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR / "media"))
# An annex that is uploaded: what it may fill, in megabytes, and how many pages it may have.
BILAG_MAKS_MB = int(os.environ.get("BILAG_MAKS_MB", "30"))
BILAG_MAKS_SIDER = int(os.environ.get("BILAG_MAKS_SIDER", "300"))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

DJANGO_TABLES2_TEMPLATE = "django_tables2/tabel.html"
FILTERS_EMPTY_CHOICE_LABEL = "Alle"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "0") == "1"
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "socialaftale@localhost")

WAS_URL = os.environ.get("WAS_URL", "")
DEMO = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linje": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"konsol": {"class": "logging.StreamHandler", "formatter": "linje"}},
    "root": {"handlers": ["konsol"], "level": "INFO"},
    # They tell of every font and every file they open.
    "loggers": {
        **{navn: {"level": "WARNING"} for navn in ("pikepdf", "fontTools", "weasyprint")},
        # Its remarks on broken files may repeat what stands in them.
        "pypdf": {"level": "CRITICAL"},
    },
}
