"""Puts accounts and the panel into the application."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from pathlib import Path
from typing import Any

from flask import Flask, Response, get_flashed_messages, request, url_for
from flask_limiter import Limiter
from sqlalchemy import Engine

from widget.accounts import administration, csrf, entrance, navigation, views
from widget.accounts.access import guard, signed_in
from widget.accounts.audit import AuditLog, audit_the_rest
from widget.accounts.oidc import institution
from widget.accounts.repository import AccountRepository
from widget.accounts.service import Accounts
from widget.accounts.sessions import FormSession, Sessions
from widget.accounts.signin import SignIn
from widget.portal.assets import Asset, read_asset
from zielona.clock import WARSAW
from zielona.settings import Settings

_WIDGET = Path(__file__).resolve().parents[1]


def register(app: Flask, settings: Settings, engine: Engine, limiter: Limiter) -> None:
    """Add accounts, their pages and the access rules of all pages."""
    secret = settings.text("SECRET")
    repository = AccountRepository(engine)
    sign_in = SignIn(repository, secret)
    sessions = Sessions(
        repository,
        idle=dt.timedelta(minutes=settings.number("SESSION_IDLE")),
        lifetime=dt.timedelta(hours=settings.number("SESSION_HOURS")),
        https=settings.text("PUBLIC_URL").startswith("https:"),
    )
    app.secret_key = hmac.new(secret.encode(), b"forms", hashlib.sha256).hexdigest()
    app.session_interface = FormSession(sessions)
    app.extensions |= {
        "zielona_account_repository": repository,
        "zielona_accounts": Accounts(repository, sign_in),
        "zielona_audit": AuditLog(repository, secret),
        "zielona_institution": institution(app, settings),
        "zielona_panel_assets": _assets(),
        "zielona_sessions": sessions,
        "zielona_sign_in": sign_in,
    }
    limiter.limit(settings.text("SIGN_IN_LIMIT"), methods=["POST"])(entrance.blueprint)
    for blueprint in (entrance.blueprint, views.blueprint, administration.blueprint):
        app.register_blueprint(blueprint)
    app.before_request(guard)
    app.after_request(_protect)
    app.after_request(audit_the_rest)
    app.context_processor(_page_tools)
    app.jinja_env.filters |= {"moment": _moment, "short_moment": _short_moment}


def _assets() -> dict[str, Asset]:
    """Files of the panel by name: here, and in `static/panel/` of each other part."""
    paths = [*(Path(__file__).parent / "static").glob("*.*"), *_WIDGET.glob("*/static/panel/*.*")]
    return {path.name: read_asset(path) for path in sorted(paths)}


def _page_tools() -> dict[str, Any]:
    """What templates of the panel use."""
    return {
        "csrf_token": csrf.token,
        "staff": signed_in,
        "navigation": navigation.entries_for,
        "is_current": navigation.is_current,
        "panel_file": _file_address,
        "notices": lambda: get_flashed_messages(with_categories=True),
    }


def _file_address(name: str) -> str:
    content = views.panel_files()[name].plain
    return url_for("accounts.static", name=name, v=hashlib.sha256(content).hexdigest()[:12])


def _protect(response: Response) -> Response:
    """Pages of the panel are kept by no cache and reached from no other site."""
    if request.path.startswith("/panel"):
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response


def _moment(value: dt.datetime) -> str:
    """Day and time in Warsaw, as people write them."""
    return f"{value.astimezone(WARSAW):%d.%m.%Y, %H.%M}"


def _short_moment(value: dt.datetime) -> str:
    """The time for today, else the day."""
    there = value.astimezone(WARSAW)
    today = dt.datetime.now(tz=WARSAW).date()
    return f"dziś, {there:%H.%M}" if there.date() == today else f"{there:%d.%m.%Y}"
