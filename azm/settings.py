"""Settings, from the environment. An unknown value stops the start, and no secret has a default.

DATABASE_URL, SECRET_KEY, ALLOWED_HOSTS and DEBUG mean what they usually mean; what is ours begins
with AZM_. A checkout needs none of them: manage.py fills in a key and a database of its own.
"""

import os
import re
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

BASE_DIR = Path(__file__).resolve().parent.parent
NO_DATABASE = "postgresql:///azm?host=/DATABASE_URL-is-not-set"  # for commands that never connect


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name) or str(default)
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False; it is {value!r}.")
    return value == "True"


def words(name: str, *, default: str) -> list[str]:
    return (os.environ.get(name) or default).replace(",", " ").split()


def duration(name: str, *, default: str) -> str:
    """A time as PostgreSQL writes it; 0 is no limit."""
    value = os.environ.get(name) or default
    if not re.fullmatch(r"0|\d+(ms|s|min)", value):
        raise ImproperlyConfigured(f"{name} must be 0 or a time such as 15s or 2min, not {value!r}.")
    return value


def secret_key() -> str:
    value = os.environ.get("SECRET_KEY")
    if not value:
        raise ImproperlyConfigured("SECRET_KEY must be given, long and random; it has no default.")
    return value


def database(url: str) -> dict[str, object]:
    try:
        given = conninfo_to_dict(url)
    except ProgrammingError:  # whose message may hold the password
        given = {}
    readable = url.startswith(("postgres://", "postgresql://")) and "dbname" in given
    if not readable or not re.fullmatch(r"[\d,]*", str(given.get("port", ""))):
        raise ImproperlyConfigured(
            "DATABASE_URL must be like postgresql://user:password@host:5432/name, "
            "with special characters percent-encoded and libpq's parameters only."
        )
    timeout = f"-c statement_timeout={duration('AZM_STATEMENT_TIMEOUT', default='15s')}"
    # Compiling the queries of the judgements takes longer than they run, and what they sort fits in no 4 MB.
    given["options"] = f"-c jit=off -c work_mem=32MB {given.get('options', '')} {timeout}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.pop("dbname"),
        **{key.upper(): str(given.pop(key, "")) for key in ("user", "password", "host", "port")},
        "OPTIONS": given,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DEBUG = flag("DEBUG", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = words("ALLOWED_HOSTS", default="localhost 127.0.0.1 [::1]")
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or NO_DATABASE)}

AZM_SAMPLE = flag("AZM_SAMPLE", default=False)  # everything is invented: every page, chart and file says so
# The policy of the front page.
AZM_PROGRAMME = os.environ.get("AZM_PROGRAMME") or ("sample-programme" if AZM_SAMPLE else "nisp-2023-2028")
# Outlines in place of tiles on the pages of provinces. Pakistani law punishes unofficial maps: the operator decides.
AZM_OUTLINE_MAP = flag("AZM_OUTLINE_MAP", default=False)
AZM_OPERATOR = os.environ.get("AZM_OPERATOR", "")  # who runs this site, as /about/ names them
AZM_HTTPS = flag("AZM_HTTPS", default=True)  # False where people come by plain HTTP: the demo
AZM_BEHIND_PROXY = flag("AZM_BEHIND_PROXY", default=False)  # one that sets X-Forwarded-For, -Proto

# What runs

INSTALLED_APPS = [
    "azm.lib",
    "provinces",
    "tracker",
    "tracker.apps.DeskConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_tables2",
    "django_filters",
    "axes",
]
MIDDLEWARE = [
    "azm.middleware.LanguageFromPath",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "azm.middleware.RefuseUnreadable",  # below those three, so that its answers have their heads too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # below whitenoise, whose files are compressed already
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.admin.history.ChangeAuthor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "azm.middleware.BusyDatabase",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "azm.urls"
WSGI_APPLICATION = "azm.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "tracker.frame.frame",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # forms may be dressed in templates/
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # a page that is not there is no news
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor a robot that guesses hosts
    },
}

# People and their passwords

AUTH_USER_MODEL = "tracker.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a reviewer ticks off a large import on one screen
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
AXES_HANDLER = "azm.login.Throttle"
AXES_USERNAME_CALLABLE = "azm.login.attempted_username"
AXES_CLIENT_IP_CALLABLE = "azm.lib.addresses.client_address"
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_COOLOFF_MESSAGE = _("Too many attempts to log in. Please try again in half an hour.")
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Failed logins within that time after which the next is refused: for one name from one address, for
# one name from anywhere, and from one address for any name. The latter two stop a patient or a
# spread-out attack; they are laxer, so that a stranger cannot easily lock out a clerk or an office.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_FAILURE_LIMIT = 5
AZM_LOGIN_LIMITS = [AXES_FAILURE_LIMIT, 50, 50]
# Questions of readers that are taken in an hour: from one network (IPv6 by /64), from the networks
# around it (/24, /48), and from everywhere.
AZM_QUESTION_LIMITS = [5, 20, 60]

# What the browser is told

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tracker.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = AZM_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come from inside, by plain HTTP
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if AZM_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading binds the whole domain: the operator's step
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = AZM_HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if AZM_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if AZM_HTTPS else "csrftoken"
if AZM_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Words and time

# An area, which stands below the ledger, does not know that it has a page.
ABSOLUTE_URL_OVERRIDES = {"provinces.area": lambda area: reverse("province", args=[area.slug])}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ur", "اردو")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["azm.formats"]
TIME_ZONE = "Asia/Karachi"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES_STORAGE},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
