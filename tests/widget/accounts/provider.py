"""An OpenID Connect provider on a port of its own: discovery, code flow with PKCE, tokens that are really signed."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "zielona", "sekret klienta"


@dataclass
class Provider:
    """What the provider says about who signs in; `changes` spoils claims, `sign_with` the signature."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "klucz"}))
    sign_with: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/zgoda",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/klucze",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """The person agrees; returns where the browser goes then."""
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"]
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code; None where client, code or its proof (PKCE) are wrong."""
        asked = self.codes.pop(given.get("code", ""), None)
        client = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).decode().rstrip("=")
        if asked is None or client != f"{CLIENT}:{SECRET}" or proof != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            **self.person, **self.changes,
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "klucz"}, claims, self.sign_with or self.key)
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve it on 127.0.0.1."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, urlsplit(self.path).query
            if path == "/.well-known/openid-configuration":
                self.answer(provider.metadata())
            elif path == "/klucze":
                self.answer({"keys": [provider.key.as_dict(private=False)]})
            elif path == "/zgoda":
                self.send_response(302)
                self.send_header("Location", provider.authorize(flat(query)))
                self.end_headers()
            else:
                self.answer({}, 404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            token = provider.token(flat(body), self.headers.get("Authorization", ""))
            self.answer(token or {"error": "invalid_grant"}, 200 if token else 400)

        def answer(self, data: dict[str, Any], status: int = 200) -> None:
            content = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests say what is wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def flat(query: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(query).items()}
