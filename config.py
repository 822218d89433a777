"""Every setting, from the environment, with its default."""

import os
from pathlib import Path

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


class Config:
    """Settings of a real installation. Tests override single values."""

    def __init__(self) -> None:
        INSTANCE.mkdir(parents=True, exist_ok=True)
        self.SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret("secret-key")
        self.SECURITY_PASSWORD_SALT = os.environ.get("SECURITY_PASSWORD_SALT") or kept_secret("password-salt")
        self.SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", f"sqlite:///{INSTANCE / 'rapporteur.db'}")
        self.TASKS_URL = os.environ.get("TASKS_URL", f"sqlite:///{INSTANCE / 'tasks.db'}")
        self.TASKS_IMMEDIATE = False
        self.SQLITE_SYNCHRONOUS = os.environ.get("SQLITE_SYNCHRONOUS", "NORMAL")
        self.RATELIMIT_STORAGE_URI = os.environ.get("RATELIMIT_STORAGE_URI", "memory://")
        self.RATELIMIT_ENABLED = flag("RATELIMIT_ENABLED", True)
        self.TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
        self.HTTPS = flag("HTTPS", False)
        # https://feedback.example.org: printed on posters and in QR codes. Empty: the address each page was asked by.
        self.PUBLIC_ADDRESS = os.environ.get("PUBLIC_ADDRESS", "")
        self.DEFAULT_TIME_ZONE = os.environ.get("DEFAULT_TIME_ZONE", "Europe/London")

        self.MAX_CONTENT_LENGTH = 32 * 1024 * 1024
        self.MAX_FORM_MEMORY_SIZE = 4 * 1024 * 1024
        self.SESSION_COOKIE_HTTPONLY = True
        self.SESSION_COOKIE_SAMESITE = "Lax"
        self.SESSION_COOKIE_SECURE = self.HTTPS
        self.REMEMBER_COOKIE_HTTPONLY = True
        self.REMEMBER_COOKIE_SAMESITE = "Lax"
        self.REMEMBER_COOKIE_SECURE = self.HTTPS
        # A delegate may write for hours before pressing send.
        self.WTF_CSRF_TIME_LIMIT = 24 * 3600
        # Forms say what is wrong in words of our own; looking for WTForms' would read a file at every request.
        self.WTF_I18N_ENABLED = False
        self.BABEL_DEFAULT_LOCALE = "en"

        self.SECURITY_PASSWORD_HASH = "argon2"
        self.SECURITY_PASSWORD_SCHEMES = ["argon2"]
        self.SECURITY_PASSWORD_LENGTH_MIN = 10
        self.SECURITY_DEPRECATED_PASSWORD_SCHEMES: list[str] = []
        self.SECURITY_REGISTERABLE = False
        self.SECURITY_CHANGEABLE = True
        self.SECURITY_SEND_PASSWORD_CHANGE_EMAIL = False
        self.SECURITY_RETURN_GENERIC_RESPONSES = True
        self.SECURITY_LOGIN_URL = "/sign-in"
        self.SECURITY_LOGOUT_URL = "/sign-out"
        self.SECURITY_LOGOUT_METHODS = ["POST"]
        self.SECURITY_CHANGE_URL = "/account/password"
        self.SECURITY_POST_LOGIN_VIEW = "/series"
        self.SECURITY_POST_LOGOUT_VIEW = "/"
        self.SECURITY_POST_CHANGE_VIEW = "/series"
        self.SECURITY_FLASH_MESSAGES = True
        self.SECURITY_EMAIL_VALIDATOR_ARGS = {"check_deliverability": False}
