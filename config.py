"""Every setting, from the environment, with its default."""

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

ROOT = Path(__file__).resolve().parent
INSTANCE = Path(os.environ.get("RAPPORTEUR_INSTANCE", ROOT / "instance"))


def flag(name: str, default: bool) -> bool:
    """Read an environment variable as yes or no."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def kept_secret(name: str) -> str:
    """A random secret made at first start and kept beside the data, so that `make run` needs no set-up."""
    path = INSTANCE / name
    if not path.exists():
        INSTANCE.mkdir(parents=True, exist_ok=True)
        # O_EXCL: of two processes that start together, one writes and the other reads.
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(os.urandom(32).hex())
        except FileExistsError:
            pass
    return path.read_text().strip()


YES_OR_NO = ("HTTPS", "RATELIMIT_ENABLED", "ADMINISTRATORS_SEE_ALL_SERIES", "JSON_LOGS", "METRICS", "MAIL_USE_TLS")
YES_OR_NO += ("WEBHOOKS_TO_PRIVATE_NETWORKS",)
SECOND_FACTOR_REQUIRED = ("nobody", "administrators", "everybody")
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
# What begins each address that a setting may hold.
ADDRESSES = {
    "DATABASE_URL": ("sqlite:///", "postgresql://", "postgresql+psycopg://"),
    "TASKS_URL": ("sqlite:///", "redis://", "rediss://", "postgresql://", "postgresql+psycopg://"),
    "RATELIMIT_STORAGE_URI": ("memory://", "redis://", "rediss://"),
}
NEW_SECRET = "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"


class WrongSettings(SystemExit):
    """What in the environment will not do: nothing is started with it."""


def in_production(environ: Mapping[str, str]) -> bool:
    """Whether others than the developer rely on it: said by RAPPORTEUR_ENV, or seen from HTTPS."""
    named = environ.get("RAPPORTEUR_ENV", "").strip().lower()
    return named == "production" or (not named and environ.get("HTTPS", "").strip().lower() in YES)


def wrong_settings(environ: Mapping[str, str]) -> list[str]:
    """One sentence for each setting that will not do, in the order in which they should be mended."""
    wrong = [*wrong_secrets(environ), *wrong_addresses(environ), *wrong_values(environ), *wrong_mail(environ)]
    return [*wrong, *wrong_breached_passwords(environ.get("BREACHED_PASSWORDS", ""))]


def wrong_secrets(environ: Mapping[str, str]) -> list[str]:
    wrong = []
    for name in ("SECRET_KEY", "SECURITY_PASSWORD_SALT", "SECOND_FACTOR_KEY"):
        value = environ.get(name, "")
        if in_production(environ) and not value:
            wrong.append(f"{name} is not set, and in production it has to be. {NEW_SECRET}")
        elif value and len(value) < 32:
            wrong.append(f"{name} is too short to be a secret ({len(value)} characters; at least 32). {NEW_SECRET}")
    if 0 < len(environ.get("METRICS_TOKEN", "")) < 16:
        wrong.append(f"METRICS_TOKEN is too short to be a secret (at least 16 characters). {NEW_SECRET}")
    return wrong


def wrong_addresses(environ: Mapping[str, str]) -> list[str]:
    wrong = []
    for name, beginnings in ADDRESSES.items():
        value = environ.get(name)
        if value is not None and not value.startswith(beginnings):
            # The value itself may hold a password.
            wrong.append(
                f"{name} begins with {value.split(':')[0][:20]!r}; it has to begin with one of {', '.join(beginnings)}."
            )
        elif value is not None and not legible(value):
            wrong.append(
                f"{name} cannot be read as an address. In a password, @ : / ? # and % are written "
                "%40 %3A %2F %3F %23 and %25; a port is a number."
            )
    return wrong


def legible(address: str) -> bool:
    """Whether host and port are where they seem to be: an unescaped password shifts them."""
    try:
        parts = urlsplit(address)
        # A list of hosts, which PostgreSQL knows, has no port of its own.
        return parts.netloc.count("@") <= 1 and ("," in parts.netloc or parts.port != 0)
    except ValueError:
        return False


def wrong_values(environ: Mapping[str, str]) -> list[str]:
    wrong = []
    if environ.get("RAPPORTEUR_ENV", "") not in ("", "development", "production"):
        wrong.append(f"RAPPORTEUR_ENV is {environ['RAPPORTEUR_ENV']!r}; it is development or production.")
    for name in YES_OR_NO:
        if environ.get(name, "").strip().lower() not in YES | NO:
            wrong.append(f"{name} is {environ[name]!r}; write yes or no.")
    for name, most in (("TRUSTED_PROXIES", 10), ("MAIL_PORT", 65535)):
        value = environ.get(name, "0")
        if not value.isdigit() or int(value) > most:
            wrong.append(f"{name} is {value!r}; write a number from 0 to {most:,}.")
    if environ.get("DEFAULT_TIME_ZONE", "UTC") not in available_timezones():
        wrong.append(
            f"DEFAULT_TIME_ZONE is {environ['DEFAULT_TIME_ZONE']!r}, which is no time zone. Europe/London is one."
        )
    if environ.get("PUBLIC_ADDRESS") and not environ["PUBLIC_ADDRESS"].startswith(("http://", "https://")):
        wrong.append(f"PUBLIC_ADDRESS is {environ['PUBLIC_ADDRESS'][:80]!r}; write it with https:// before it.")
    if environ.get("SECOND_FACTOR_REQUIRED", "nobody") not in SECOND_FACTOR_REQUIRED:
        wrong.append(
            f"SECOND_FACTOR_REQUIRED is {environ['SECOND_FACTOR_REQUIRED']!r}; "
            "it is nobody, administrators or everybody."
        )
    if environ.get("SQLITE_SYNCHRONOUS", "NORMAL").upper() not in ("OFF", "NORMAL", "FULL", "EXTRA"):
        wrong.append(f"SQLITE_SYNCHRONOUS is {environ['SQLITE_SYNCHRONOUS']!r}; it is OFF, NORMAL, FULL or EXTRA.")
    return wrong


def wrong_mail(environ: Mapping[str, str]) -> list[str]:
    """Links in e-mails name the host that the request named, so that hosts must be known before any is sent."""
    if not environ.get("MAIL_SERVER"):
        return []
    needed = {"MAIL_SENDER": "the address that e-mails come from", "TRUSTED_HOSTS": "the host names of this site"}
    return [f"MAIL_SERVER is set, and {name} is not: {what}." for name, what in needed.items() if not environ.get(name)]


def wrong_breached_passwords(path: str) -> list[str]:
    """The file is not read through, for it may hold a thousand million lines: eight of them show what it is."""
    if not path:
        return []
    found = []
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            for eighth in range(8):
                file.seek(size * eighth // 8)
                if eighth:
                    # The rest of a line.
                    file.readline(200)
                found.append(file.readline(200))
    except OSError as error:
        return [f"BREACHED_PASSWORDS names a file that cannot be read: {path[:200]} ({error.strerror})."]
    lines = [line.upper() for line in found if line]
    if not lines or not all(re.fullmatch(rb"[0-9A-F]{40}:\d+\s*", line) for line in lines):
        return [f"BREACHED_PASSWORDS names a file whose lines are not HASH:COUNT with SHA-1 hashes: {path[:200]}."]
    if lines != sorted(lines):
        return [f"BREACHED_PASSWORDS names a file whose lines are not in the order of their hashes: {path[:200]}."]
    return []


def database_url(environ: Mapping[str, str]) -> str:
    """The database's address with the driver that is installed."""
    url = environ.get("DATABASE_URL", f"sqlite:///{INSTANCE / 'rapporteur.db'}")
    return url.replace("postgresql://", "postgresql+psycopg://", 1) if url.startswith("postgresql://") else url


class Config:
    """Settings of a real installation. Tests override single values. Raises WrongSettings."""

    def __init__(self) -> None:
        if wrong := wrong_settings(os.environ):
            raise WrongSettings("\n".join(["These settings will not do:", *(f"- {each}" for each in wrong)]))
        INSTANCE.mkdir(parents=True, exist_ok=True)
        self.SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret("secret-key")
        self.SECURITY_PASSWORD_SALT = os.environ.get("SECURITY_PASSWORD_SALT") or kept_secret("password-salt")
        self.SQLALCHEMY_DATABASE_URI = database_url(os.environ)
        self.TASKS_URL = os.environ.get("TASKS_URL", f"sqlite:///{INSTANCE / 'tasks.db'}")
        self.TASKS_IMMEDIATE = False
        self.SQLITE_SYNCHRONOUS = os.environ.get("SQLITE_SYNCHRONOUS", "NORMAL")
        self.RATELIMIT_STORAGE_URI = os.environ.get("RATELIMIT_STORAGE_URI", "memory://")
        self.RATELIMIT_ENABLED = flag("RATELIMIT_ENABLED", True)
        self.TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
        self.HTTPS = flag("HTTPS", False)
        # https://feedback.example.org: printed on posters and in QR codes. Empty: the address each page was asked by.
        self.PUBLIC_ADDRESS = os.environ.get("PUBLIC_ADDRESS", "")
        # Where it is set, a request for any other host is refused, and no link can lead to one.
        self.TRUSTED_HOSTS = os.environ.get("TRUSTED_HOSTS", "").replace(",", " ").split() or None
        self.ADMINISTRATORS_SEE_ALL_SERIES = flag("ADMINISTRATORS_SEE_ALL_SERIES", False)
        self.JSON_LOGS = flag("JSON_LOGS", in_production(os.environ))
        # Owners may then have this machine send to addresses in its own network, and without HTTPS.
        self.WEBHOOKS_TO_PRIVATE_NETWORKS = flag("WEBHOOKS_TO_PRIVATE_NETWORKS", False)
        self.METRICS = flag("METRICS", False)
        if self.METRICS:
            # Read by the metrics' library when it is imported: the web processes count together.
            os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(INSTANCE / "metrics"))
            Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
        # What a statement was given stays out of error messages, and so out of the log.
        self.SQLALCHEMY_ENGINE_OPTIONS = {
            "hide_parameters": in_production(os.environ),
        }
        self.METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
        self.DEFAULT_TIME_ZONE = os.environ.get("DEFAULT_TIME_ZONE", "Europe/London")

        self.MAX_CONTENT_LENGTH = 32 * 1024 * 1024
        self.MAX_FORM_MEMORY_SIZE = 4 * 1024 * 1024
        self.SESSION_COOKIE_HTTPONLY = True
        self.SESSION_COOKIE_SAMESITE = "Lax"
        self.SESSION_COOKIE_SECURE = self.HTTPS
        # For those who stay signed in; how long a sign-in really lives is in its row.
        self.PERMANENT_SESSION_LIFETIME = timedelta(days=30)
        # A delegate may write for hours before pressing send.
        self.WTF_CSRF_TIME_LIMIT = 24 * 3600
        # Forms say what is wrong in words of our own; looking for WTForms' would read a file at every request.
        self.WTF_I18N_ENABLED = False
        self.BABEL_DEFAULT_LOCALE = "en"
        self.set_up_mail()
        self.set_up_sign_in()
        self.set_up_second_factors()

    def set_up_mail(self) -> None:
        """Without MAIL_SERVER nothing is sent; links are shown to whoever makes them instead."""
        self.MAIL_SERVER = os.environ.get("MAIL_SERVER", "")
        self.MAIL_PORT = int(os.environ.get("MAIL_PORT", "25"))
        self.MAIL_USERNAME = os.environ.get("MAIL_USERNAME")
        self.MAIL_PASSWORD = os.environ.get("MAIL_PASSWORD")
        self.MAIL_USE_TLS = flag("MAIL_USE_TLS", False)
        self.MAIL_TIMEOUT = 20
        self.MAIL_DEFAULT_SENDER = os.environ.get("MAIL_SENDER", "rapporteur@localhost")
        self.SECURITY_EMAIL_SENDER = self.MAIL_DEFAULT_SENDER
        self.SECURITY_EMAIL_HTML = False

    def set_up_sign_in(self) -> None:
        """Flask-Security's settings: addresses, passwords, and what it leaves to us."""
        self.SECURITY_PASSWORD_HASH = "argon2"
        self.SECURITY_PASSWORD_SCHEMES = ["argon2"]
        self.SECURITY_PASSWORD_LENGTH_MIN = 12
        # A file of stolen passwords' hashes, in their order; none of them is taken as a new one.
        self.BREACHED_PASSWORDS = os.environ.get("BREACHED_PASSWORDS", "")
        self.SECURITY_DEPRECATED_PASSWORD_SCHEMES: list[str] = []
        self.SECURITY_REGISTERABLE = False
        self.SECURITY_CHANGEABLE = True
        self.SECURITY_RECOVERABLE = True
        self.SECURITY_RESET_URL = "/reset-password"
        self.SECURITY_RESET_PASSWORD_WITHIN = timedelta(hours=4)
        self.SECURITY_POST_RESET_VIEW = "/sign-in"
        self.SECURITY_API_ENABLED_METHODS = ["session"]
        # How old a sign-in may be before a password is asked for again ahead of a change to how one signs in.
        self.SECURITY_FRESHNESS = timedelta(minutes=30)
        self.SECURITY_FRESHNESS_GRACE_PERIOD = timedelta(minutes=10)
        self.SECURITY_RETURN_GENERIC_RESPONSES = True
        self.SECURITY_LOGIN_URL = "/sign-in"
        self.SECURITY_LOGOUT_URL = "/sign-out"
        self.SECURITY_LOGOUT_METHODS = ["POST"]
        self.SECURITY_CHANGE_URL = "/account/password"
        self.SECURITY_POST_LOGIN_VIEW = "/series"
        self.SECURITY_POST_LOGOUT_VIEW = "/"
        self.SECURITY_POST_CHANGE_VIEW = "/account"
        self.SECURITY_FLASH_MESSAGES = True
        self.SECURITY_EMAIL_VALIDATOR_ARGS = {"check_deliverability": False}

    def set_up_second_factors(self) -> None:
        """An authenticator app, passkeys and recovery codes; what is secret of them is stored encrypted."""
        # Whoever this names opens nothing until they have set one up.
        self.SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR_REQUIRED", "nobody")
        secret = os.environ.get("SECOND_FACTOR_KEY") or kept_secret("second-factor-key")
        self.SECURITY_TWO_FACTOR = True
        self.SECURITY_TWO_FACTOR_ENABLED_METHODS = ["authenticator"]
        self.SECURITY_TWO_FACTOR_RESCUE_EMAIL = False
        self.SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY = 30
        self.SECURITY_TWO_FACTOR_SETUP_URL = "/account/second-factor"
        self.SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL = "/sign-in/code"
        self.SECURITY_TWO_FACTOR_RESCUE_URL = "/sign-in/rescue"
        self.SECURITY_TWO_FACTOR_SELECT_URL = "/sign-in/second-factor"
        self.SECURITY_TWO_FACTOR_POST_SETUP_VIEW = "/account"
        self.SECURITY_TOTP_SECRETS = {"1": secret}
        self.SECURITY_TOTP_ISSUER = "Rapporteur"
        self.SECURITY_MULTI_FACTOR_RECOVERY_CODES = True
        self.SECURITY_MULTI_FACTOR_RECOVERY_CODES_N = 8
        key = hashlib.sha256(f"recovery codes {secret}".encode()).digest()
        self.SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS = [base64.urlsafe_b64encode(key)]
        self.SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL = "/account/recovery-codes"
        self.SECURITY_MULTI_FACTOR_RECOVERY_URL = "/sign-in/recovery-code"
        self.SECURITY_WEBAUTHN = True
        self.SECURITY_WAN_RP_NAME = "Rapporteur"
        self.SECURITY_WAN_ALLOW_USER_HINTS = False
        self.SECURITY_WAN_REGISTER_URL = "/account/passkeys"
        self.SECURITY_WAN_DELETE_URL = "/account/passkeys/remove"
        self.SECURITY_WAN_SIGNIN_URL = "/sign-in/passkey"
        self.SECURITY_WAN_VERIFY_URL = "/verify/passkey"
        self.SECURITY_WAN_POST_REGISTER_VIEW = "/account"
