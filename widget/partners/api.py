"""What the web component asks before it shows anything."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request, url_for

from widget.accounts.access import public
from widget.chat.services import Services
from widget.languages.catalogue import NAMES, interface_words, known
from widget.partners.registry import DEFAULT_THEME, Partner
from widget.portal.assets import Assets
from zielona.clock import utc_now

blueprint = Blueprint("partners", __name__, url_prefix="/api/v1")


@blueprint.get("/widget")
@public
def configuration() -> Response:
    """Colours, contact and proposed questions for the page that asks. Raises ProblemError (403, 404)."""
    services: Services = current_app.extensions["zielona"]
    assets: Assets = current_app.extensions["zielona_assets"]
    partner = services.access.partner(request.args.get("site"), request.headers.get("Origin"), host=request.host)
    return _packed(widget_configuration(partner, request.args, services, assets))


@blueprint.get("/widget/words")
@public
def later_words() -> Response:
    """Translations for the modules that few people need; they come with the first of these, not with the page."""
    return _packed({"words": _words(known(request.args.get("language")), later=True)})


def _packed(content: dict[str, Any]) -> Response:
    answer = jsonify(content)
    if request.accept_encodings.quality("gzip") > 0:
        answer.set_data(gzip.compress(answer.get_data(), mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


def widget_configuration(
    partner: Partner | None, query: Mapping[str, str], services: Services, assets: Assets
) -> dict[str, Any]:
    """The `WidgetConfiguration` of the API's description."""
    theme = partner.theme if partner else DEFAULT_THEME
    language = known(query.get("language"))
    return {
        "language": language,
        "languages": NAMES,
        "words": _words(language, later=False),
        "site": partner.key if partner else None,
        "name": partner.name if partner else None,
        "office": partner.office or None if partner else None,
        "theme": {"brand": theme.brand, "on_brand": theme.on_brand},
        "module": url_for("portal.module", version=assets.version, name="panel.js"),
        "message_limit": services.message_limit,
        "hotline": {
            "number": services.constants["infolinia_numer"],
            "hours": services.constants["infolinia_godziny"],
        },
        "contact_form": services.constants["formularz_kontaktowy"],
        "statement": services.public_url(request.host_url) + url_for("portal.statement"),
        "suggestions": services.suggestions(query.get("topic", ""), language),
        "retention_days": services.retention_days,
        "consultants": services.consultants(utc_now()),
    }


def _words(language: str, *, later: bool) -> dict[str, str]:
    assets: Assets = current_app.extensions["zielona_assets"]
    words = interface_words(language)
    of_later = assets.only_later(words)
    return {key: text for key, text in words.items() if (key in of_later) == later}
