"""Pages of the administrator: partners, their embed codes, banners, QR codes and statistics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from widget.accounts.access import allow
from widget.accounts.access import public as for_everybody
from widget.accounts.audit import audit
from widget.accounts.roles import Role
from widget.chat.outcomes import LABELS, Outcome
from widget.chat.ratings import RESULTS
from widget.chat.services import Services
from widget.forms import FormError
from widget.partners.banner import ALT, SIZES, banner, qr_code
from widget.partners.editing import form_of, save
from widget.partners.registry import DEFAULT_THEME, KINDS, Partner
from zielona.clock import utc_now

blueprint = Blueprint("partners_admin", __name__, template_folder="templates")
public = Blueprint("partners_public", __name__)
STATISTICS_DAYS = 30
_KINDS_OF_QR = {"svg": "image/svg+xml", "png": "image/png"}


def _services() -> Services:
    found: Services = current_app.extensions["zielona"]
    return found


@blueprint.get("/panel/partnerzy")
@allow(Role.ADMINISTRATOR)
def partners() -> str:
    services = _services()
    since = utc_now() - dt.timedelta(days=STATISTICS_DAYS)
    return render_template(
        "panel/partners.html",
        partners=services.access.partners.values(),
        kinds=KINDS,
        statistics=services.repository.statistics(since),
        ratings=services.repository.ratings(since),
        wholes=services.repository.conversation_ratings(since),
        results=RESULTS,
        outcomes=[(outcome.value, LABELS[outcome]) for outcome in Outcome],
        days=STATISTICS_DAYS,
    )


@blueprint.get("/panel/partnerzy/nowy")
@allow(Role.ADMINISTRATOR)
def new_partner() -> str:
    return _form(
        None, {"kind": "pup", "theme.brand": DEFAULT_THEME.brand, "theme.on_brand": DEFAULT_THEME.on_brand}, {}
    )


@blueprint.post("/panel/partnerzy/nowy")
@allow(Role.ADMINISTRATOR)
def add_partner() -> BaseResponse | tuple[str, int]:
    return _save(None)


@blueprint.get("/panel/partnerzy/<key>/zmiana")
@allow(Role.ADMINISTRATOR)
def edit_partner(key: str) -> str:
    return _form(key, form_of(_partner(key)), {})


@blueprint.post("/panel/partnerzy/<key>/zmiana")
@allow(Role.ADMINISTRATOR)
def change_partner(key: str) -> BaseResponse | tuple[str, int]:
    return _save(_partner(key).key)


def _save(key: str | None) -> BaseResponse | tuple[str, int]:
    try:
        partner = save(_services().access.registry.path, request.form, key=key)
    except FormError as error:
        return _form(key, request.form, error.errors), 422
    audit("partner.zmieniony" if key else "partner.dodany", partner.key)
    return redirect(url_for("partners_admin.embedding", key=partner.key), 303)


def _form(key: str | None, values: Mapping[str, str], errors: dict[str, str]) -> str:
    kinds = [(kind, label, "") for kind, label in KINDS.items()]
    return render_template("panel/partner_form.html", key=key, values=values, errors=errors, kinds=kinds)


@blueprint.get("/panel/partnerzy/<key>")
@allow(Role.ADMINISTRATOR)
def embedding(key: str) -> str:
    """Everything that a partner's administrator needs: codes to copy, banners, QR code."""
    partner = _partner(key)
    base = _services().public_url(request.host_url)
    return render_template(
        "panel/embedding.html",
        partner=partner,
        kinds=KINDS,
        base=base,
        page=base + url_for("portal.chat", key=key),
        plain=base + url_for("plain.question", key=key),
        frame=base + url_for("portal.frame", key=key),
        script=base + url_for("portal.static", name="zielona-linia.js"),
        sizes=SIZES,
        alt=ALT,
    )


@public.get("/administracja/partnerzy", defaults={"key": None})
@public.get("/administracja/partnerzy/<key>")
@for_everybody
def former_address(key: str | None) -> BaseResponse:
    """Where these pages were before there were accounts."""
    return redirect(url_for("partners_admin.embedding", key=key) if key else url_for("partners_admin.partners"), 308)


@public.get("/baner/<key>/<size>.svg")
@for_everybody
def banner_image(key: str, size: str) -> Response:
    if size not in SIZES:
        abort(404)
    return _image(banner(size, _partner(key).theme), "image/svg+xml")


@public.get("/qr/<key>.<kind>")
@for_everybody
def qr_image(key: str, kind: str) -> Response:
    if kind not in _KINDS_OF_QR:
        abort(404)
    address = _services().public_url(request.host_url) + url_for("portal.chat", key=_partner(key).key)
    return _image(qr_code(address, kind), _KINDS_OF_QR[kind])


def _partner(key: str) -> Partner:
    found = _services().access.partners.get(key)
    if found is None:
        abort(404)
    return found


def _image(content: str | bytes, mimetype: str) -> Response:
    return Response(content, mimetype=mimetype, headers={"Cache-Control": "public, max-age=86400"})
