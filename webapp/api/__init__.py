from flask import Flask


def join(app: Flask) -> None:
    """Add the JSON API, its description, and the pages of those who use it."""
    from ..extensions import csrf
    from . import (
        models,  # noqa: F401
        openapi,
        views_docs,
        views_editions,  # noqa: F401
        views_programme,  # noqa: F401
        views_responses,  # noqa: F401
        views_themes,  # noqa: F401
        views_tokens,
    )

    # A token in a header cannot be sent by another site's page, as a cookie can.
    csrf.exempt(openapi.bp)
    openapi.describe(app)
    app.register_blueprint(views_docs.bp)
    app.register_blueprint(views_tokens.bp)
