"""Settings, all from the environment. An unknown value stops the start; no secret has a default."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parent.parent


def flag(name: str, default: str = "False") -> bool:
    value = os.environ.get(name, default)
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be True or False.")
    return value == "True"


def database(url: str) -> dict[str, object]:
    try:
        found = conninfo_to_dict(url)
    except ProgrammingError:
        found = {}
    if not url.startswith(("postgres://", "postgresql://")) or "dbname" not in found:
        raise ImproperlyConfigured(
            "DATABASE_URL is no PostgreSQL address such as postgresql://user:password@host:5432/name "
            "(with %-escapes for special characters)."
        ) from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{key.upper(): str(found.pop(key, "")) for key in ("user", "password", "host", "port")},
        "NAME": str(found.pop("dbname")),
        "OPTIONS": found,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DEBUG = flag("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY", "")
DATABASES = {"default": database(url)} if (url := os.environ.get("DATABASE_URL")) else {}

INSTALLED_APPS = [
    "provinces",
    "tracker",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_tables2",
    "django_filters",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "azm.urls"
WSGI_APPLICATION = "azm.wsgi.application"
AUTH_USER_MODEL = "tracker.User"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
            ]
        },
    }
]
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ur", "اردو")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Karachi"
USE_TZ = True
STATIC_URL = "static/"
AZM_PROGRAMME = os.environ.get("AZM_PROGRAMME", "nisp-2023-2028")
