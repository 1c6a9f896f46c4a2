"""The public page on which an answer is rated. Opening it rates nothing: programs open links of e-mails, too."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from widget.accounts.access import public
from widget.chat.ratings import REASONS
from widget.console.inbox.desk import desk

blueprint = Blueprint("answer_rating", __name__, template_folder="../templates")


@blueprint.get("/ocena/<reply_id>/<signature>")
@public
def question(reply_id: str, signature: str) -> Response:
    reply = desk().ratings.find(reply_id, signature)
    return _page(reply_id, signature, rated=reply.helpful, thanks=False)


@blueprint.post("/ocena/<reply_id>/<signature>")
@public
def rate(reply_id: str, signature: str) -> Response:
    ratings = desk().ratings
    reply = ratings.find(reply_id, signature)
    helpful = request.form.get("helpful") == "1"
    ratings.rate(reply, helpful=helpful, reason=request.form.get("reason") or None)
    return _page(reply_id, signature, rated=helpful, thanks=True)


def _page(reply_id: str, signature: str, *, rated: bool | None, thanks: bool) -> Response:
    page = render_template(
        "answer_rating.html", reply_id=reply_id, signature=signature, rated=rated, thanks=thanks, reasons=REASONS
    )
    made = make_response(page)
    made.headers["Cache-Control"] = "no-store"
    made.headers["X-Robots-Tag"] = "noindex"
    return made
