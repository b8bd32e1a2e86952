"""A minimal identity provider (OpenID Connect, authorization code with PKCE) on localhost, with a key of its own.

It signs in whoever `person` says without asking. It refuses what a real one refuses: an unknown client, another
redirect address, a code used twice, a wrong verifier.
"""

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

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "zhize-test", "provider-secret"


@dataclass
class Provider:
    """What the provider knows: `person` are the claims it will give."""

    base: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    redirect_uris: set[str] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048))

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.base,
            "authorization_endpoint": f"{self.base}/authorize",
            "token_endpoint": f"{self.base}/token",
            "userinfo_endpoint": f"{self.base}/userinfo",
            "jwks_uri": f"{self.base}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """The address the browser is sent back to, with a code good once."""
        if query["client_id"] != CLIENT or query["redirect_uri"] not in self.redirect_uris:
            raise PermissionError("unknown client or redirect address")
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        asked = self.codes.pop(form["code"])  # a second use is a KeyError: refused
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (
            (form["client_id"], form["client_secret"]) != (CLIENT, SECRET)
            or form["redirect_uri"] != asked["redirect_uri"]
            or challenge.rstrip(b"=").decode() != asked["code_challenge"]
        ):
            raise PermissionError("wrong secret, address or verifier")
        access = secrets.token_urlsafe(16)
        self.tokens[access] = self.person
        now = int(time.time())
        claims = {"iss": self.base, "aud": CLIENT, "iat": now, "exp": now + 300, **self.person}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def _json(self, body: Any, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.provider.seen.append(parts.path)
        if parts.path == "/.well-known/openid-configuration":
            return self._json(self.provider.discovery())
        if parts.path == "/jwks":
            return self._json(self.provider.jwks())
        if parts.path == "/userinfo":
            access = self.headers.get("Authorization", "").removeprefix("Bearer ")
            person = self.provider.tokens.get(access)
            return self._json(person or {"error": "invalid_token"}, 200 if person else 401)
        if parts.path == "/authorize":
            try:
                target = self.provider.authorize({k: v[0] for k, v in parse_qs(parts.query).items()})
            except (KeyError, PermissionError) as error:
                return self._json({"error": str(error)}, 400)
            self.send_response(302)
            self.send_header("Location", target)
            return self.end_headers()
        return self._json({"error": "not found"}, 404)

    def do_POST(self) -> None:
        self.provider.seen.append(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        try:
            self._json(self.provider.token({k: v[0] for k, v in parse_qs(raw).items()}))
        except (KeyError, PermissionError) as error:
            self._json({"error": "invalid_grant", "error_description": str(error)}, 400)


@contextmanager
def running() -> Iterator[Provider]:
    """The provider on a free port of this machine, stopped at the end."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
