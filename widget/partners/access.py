"""Which pages may use the API: the assistant's own, those of partners, and those that the settings name."""

from __future__ import annotations

from urllib.parse import urlsplit

from widget.partners.registry import Partner, PartnerFile
from widget.problems import ProblemError

NOT_ALLOWED = "urn:zielona-linia:niedozwolona-witryna"
UNKNOWN_SITE = "urn:zielona-linia:nieznany-klucz"


class Access:
    """Decides by the `Origin` header, which a page cannot forge; a program without it is no page and may pass."""

    def __init__(self, registry: PartnerFile, allowed: frozenset[str], public_url: str) -> None:
        self.registry = registry
        self._allowed = allowed
        self._public = _netloc(public_url)

    @property
    def partners(self) -> dict[str, Partner]:
        return self.registry.partners

    def knows(self, origin: str | None, *, host: str) -> bool:
        """Tell whether some partner, the settings or the assistant itself has this origin."""
        if origin is None or self._is_own(origin, host) or origin in self._allowed:
            return True
        return any(origin in partner.origins for partner in self.partners.values())

    def check(self, origin: str | None, *, host: str) -> None:
        """Raise ProblemError (403) for a page that nobody registered."""
        if not self.knows(origin, host=host):
            raise ProblemError(
                403,
                f"Witryna {origin} nie jest na liście witryn, które mogą korzystać z asystenta. "
                "Administrator witryny może zgłosić ją operatorowi Zielonej Linii.",
                name=NOT_ALLOWED,
            )

    def partner(self, key: str | None, origin: str | None, *, host: str) -> Partner | None:
        """The partner of a site key, if the page is one of its own; None without a key.

        Raises ProblemError: 404 for an unknown key, 403 for a page that is not the partner's.
        """
        if not key:
            if origin is not None and not self._is_own(origin, host) and origin not in self._allowed:
                raise ProblemError(
                    403,
                    f"Witryna {origin} musi podać swój klucz (atrybut „site” lub „data-site”), a nie jest też na "
                    "liście witryn dozwolonych bez klucza.",
                    name=NOT_ALLOWED,
                )
            return None
        found = self.partners.get(key)
        if found is None:
            raise ProblemError(404, f"Nie ma partnera o kluczu „{key[:40]}”.", name=UNKNOWN_SITE)
        if origin is not None and not self._is_own(origin, host) and origin not in found.origins:
            raise ProblemError(
                403,
                f"Klucz „{found.key}” nie obejmuje witryny {origin}. Administrator witryny może zgłosić ten adres "
                "operatorowi Zielonej Linii.",
                name=NOT_ALLOWED,
            )
        return found

    def _is_own(self, origin: str, host: str) -> bool:
        # The scheme is left out: behind a proxy that ends TLS the service sees http only.
        return _netloc(origin) in {host.lower(), self._public} - {""}


def _netloc(address: str) -> str:
    return urlsplit(address).netloc.lower()
