"""Who asks: the token in the Authorization header, and nothing else. No cookie opens the API."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, request
from werkzeug.exceptions import UnsupportedMediaType

from ..accounts.actions_sign_ins import hashed
from ..accounts.models import User
from ..errors import DomainError
from ..extensions import limiter
from ..wording import now
from .models import ApiToken
from .tokens import notice_use, token_called

# By token; a program that copies a whole series asks a few hundred times.
RATE = "600 per minute"
LARGEST_BODY = 4 * 1024 * 1024


class NoToken(DomainError):
    """The request names no token that works."""

    status = 401


class BeyondScope(DomainError):
    """The token works, and is not for this."""

    status = 403


def token_key() -> str:
    """The token as it was sent, whether or not it works: limits are looked at before anything else."""
    return hashed(request.headers.get("Authorization", ""))


def unknown(response: Response) -> bool:
    return response.status_code == 401


by_token = limiter.shared_limit(RATE, scope="api", key_func=token_key)
# By address, and only those that opened nothing.
guesses = limiter.shared_limit("60 per minute", scope="api tokens", deduct_when=unknown)


def token_sent() -> ApiToken:
    """The token of this request. Raises NoToken, without saying what is wrong with one that does not work."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    found = token_called(text.strip(), now()) if scheme.lower() == "bearer" else None
    if found is None:
        raise NoToken("Send a token that works, as “Authorization: Bearer rap_...”. Your account's page makes them.")
    return found


def who_asks() -> User:
    """The person for whom the token acts."""
    user: User = g.api_token.user
    return user


def needs(scope: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The view, for a token with the scope; what the person may see of a series is asked by the view itself."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @guesses
        @by_token
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            request.max_content_length = LARGEST_BODY
            token = token_sent()
            if scope not in token.scopes:
                raise BeyondScope(f"This token is not for that: it lacks the scope {scope}.")
            notice_use(token, now())
            g.api_token = token
            if request.method == "POST" and not request.is_json:
                raise UnsupportedMediaType
            return view(*args, **values)

        return guarded

    return decorate
