import pytest
from flask import Flask
from flask.testing import FlaskClient


def test_every_page_carries_a_policy_without_inline_script_or_style(client: FlaskClient) -> None:
    response = client.get("/nothing-here")
    assert response.status_code == 404
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_https_is_asked_for_from_then_on_where_it_is_spoken(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
    secure = client.get("/sign-in", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_request_for_another_host_is_refused_where_hosts_are_known(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["localhost"])
    assert client.get("/sign-in").status_code == 200
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
