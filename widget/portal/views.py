"""Serves the web component and the demo page."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint(
    "portal", __name__, template_folder="templates", static_folder="static", static_url_path="/widget"
)


@blueprint.get("/")
def home() -> BaseResponse:
    return redirect(url_for("portal.demo"))


@blueprint.get("/demo")
def demo() -> str:
    return render_template("demo.html")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    return Response(status=204)
