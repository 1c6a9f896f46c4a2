"""Sign-in at the institution (OpenID Connect, code flow with PKCE), where the settings name an issuer."""

from __future__ import annotations

from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from widget.accounts.signin import SignInError
from zielona.settings import Settings

_AWAY = "Logowanie przez instytucję nie powiodło się. Można spróbować ponownie albo użyć hasła."
_REFUSED = (AuthlibBaseError, JoseError, requests.RequestException, KeyError, ValueError, RuntimeError)


class InstitutionSignIn:
    """The OpenID Connect provider of the settings."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.issuer = settings.text("OIDC_ISSUER").rstrip("/")
        self.label = settings.text("OIDC_LABEL")
        self._client_id = settings.text("OIDC_CLIENT_ID")
        self._client = OAuth(app).register(
            "institution",
            client_id=self._client_id,
            client_secret=settings.text("OIDC_CLIENT_SECRET"),
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": 10},
        )

    def start(self, back: str) -> Response:
        """Send the browser to the provider. Raises SignInError."""
        try:
            answer: Response = self._client.authorize_redirect(back)
        except _REFUSED as error:
            raise SignInError(_AWAY) from error
        return answer

    def claims(self) -> dict[str, Any]:
        """What the provider says about who came back: signature, issuer, audience, nonce and time are checked.

        Raises SignInError.
        """
        expected = {
            "iss": {"essential": True, "values": [self.issuer, f"{self.issuer}/"]},
            "aud": {"essential": True, "value": self._client_id},
        }
        try:
            token = self._client.authorize_access_token(claims_options=expected)
            return dict(token["userinfo"])
        except _REFUSED as error:
            raise SignInError(_AWAY) from error


def institution(app: Flask, settings: Settings) -> InstitutionSignIn | None:
    return InstitutionSignIn(app, settings) if settings.text("OIDC_ISSUER") else None
