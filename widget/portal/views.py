"""Serves the web component and the pages around it."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from widget.accounts.access import public
from widget.chat.services import Services
from widget.partners.registry import Partner
from widget.portal.assets import Asset, Assets

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: {images}; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
DEFAULT_CSP = CSP.format(images="", ancestors="'none'")
blueprint = Blueprint("portal", __name__, template_folder="templates")


@blueprint.app_context_processor
def contact() -> dict[str, Any]:
    """What the foot of every page shows."""
    constants = _services().constants
    return {
        "hotline": constants["infolinia_numer"],
        "hours": constants["infolinia_godziny"],
        "contact_form": constants["formularz_kontaktowy"],
    }


@blueprint.get("/")
@public
def home() -> BaseResponse:
    return redirect(url_for("portal.demo"))


@blueprint.get("/demo")
@public
def demo() -> str:
    return render_template("demo.html", partner=None)


@blueprint.get("/czat", defaults={"key": None})
@blueprint.get("/czat/<key>")
@public
def chat(key: str | None) -> Response:
    """The assistant as a page of its own, for banners and QR codes."""
    partner = _services().access.partner(key, None, host=request.host)
    return _conversation_page("chat.html", partner, ancestors="'none'")


@blueprint.get("/okno/<key>")
@public
def frame(key: str) -> Response:
    """The assistant for a frame on the partner's pages, and on no others."""
    partner = _services().access.partner(key, None, host=request.host)
    origins = sorted(partner.origins) if partner else []
    return _conversation_page("frame.html", partner, ancestors=" ".join(["'self'", *origins]))


@blueprint.get("/deklaracja-dostepnosci")
@public
def statement() -> str:
    address = _services().public_url(request.host_url) + url_for("portal.chat")
    return render_template(
        "statement.html", facts=current_app.extensions["zielona_statement"], address=address, partner=None
    )


@blueprint.get("/motyw/<key>.css")
@public
def theme(key: str) -> Response:
    """The partner's colours as a style sheet, since the pages allow no style of their own."""
    partner = _services().access.partners.get(key)
    if partner is None:
        abort(404)
    rules = f":root {{ --brand: {partner.theme.brand}; --on-brand: {partner.theme.on_brand}; }}\n"
    return Response(rules, mimetype="text/css", headers={"Cache-Control": "public, max-age=300"})


@blueprint.get("/widget/<name>")
@public
def static(name: str) -> BaseResponse:
    return send_asset(_assets().files.get(name), max_age=300)


@blueprint.get("/widget/<version>/<name>")
@public
def module(version: str, name: str) -> BaseResponse:
    """A module of the web component; its address has the version, so it may be kept for a year."""
    assets = _assets()
    # An old page after an update: better the new module than none, but nobody should keep it.
    return send_asset(assets.modules.get(name), max_age=31_536_000 if version == assets.version else 0)


@blueprint.get("/favicon.ico")
@public
def favicon() -> Response:
    return Response(status=204)


def _services() -> Services:
    found: Services = current_app.extensions["zielona"]
    return found


def _assets() -> Assets:
    found: Assets = current_app.extensions["zielona_assets"]
    return found


def _conversation_page(template: str, partner: Partner | None, *, ancestors: str) -> Response:
    page = render_template(
        template,
        partner=partner,
        topic=request.args.get("topic", ""),
        # For the form that stands in where scripts do not run.
        conversation=None,
        client_id=uuid.uuid4().hex,
        message_limit=_services().message_limit,
    )
    made = make_response(page)
    images = partner.logo if partner else ""
    made.headers["Content-Security-Policy"] = CSP.format(images=images, ancestors=ancestors)
    return made


def send_asset(asset: Asset | None, *, max_age: int) -> BaseResponse:
    """A file as the browser takes it; 404 for none."""
    if asset is None:
        abort(404)
    packs = request.accept_encodings.quality("gzip") > 0
    answer = Response(asset.packed if packs else asset.plain, content_type=asset.mimetype)
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = f"public, max-age={max_age}"
    # Modules are always fetched with CORS; there is nothing in them that is not public.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.add_etag()
    return answer.make_conditional(request)
