"""E-mails: put into the queue, so that no page waits for a mail server, nor shows by its slowness whom it wrote to."""

from typing import Any

from flask import Flask, current_app
from flask_mailman import EmailMessage, Mail
from flask_security import MailUtil

from ..extensions import huey

mail = Mail()


def join(app: Flask) -> None:
    mail.init_app(app)
    app.jinja_env.globals["mail_is_set_up"] = mail_is_set_up


def mail_is_set_up() -> bool:
    return bool(current_app.config["MAIL_SERVER"])


class Letters(MailUtil):
    """Flask-Security's own letters, by the same way."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: str | None, html: str | None, **_: Any
    ) -> None:
        post(str(recipient), str(subject), body or "")


def post(to: str, subject: str, body: str) -> bool:
    """Have a letter sent soon; False where this installation sends none."""
    if not mail_is_set_up():
        return False
    send_letter(to, subject, body)
    return True


@huey.task(retries=5, retry_delay=60)
def send_letter(to: str, subject: str, body: str) -> None:
    """Sent by the worker; a mail server that is away is asked again for five minutes."""
    with huey.flask_app.app_context():
        EmailMessage(subject=subject, body=body, to=[to]).send()
