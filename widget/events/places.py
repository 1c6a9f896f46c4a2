"""Where partners and offices are: voivodeship and county, as the registry says, never guessed from an address."""

from __future__ import annotations

from knowledge_base.content.offices import Offices
from widget.events.repository import Place
from widget.partners.registry import Partner, PartnerFile

NOWHERE: Place = (None, None)


class Places:
    """Places of partners and of labour offices by their keys."""

    def __init__(self, offices: Offices, partners: PartnerFile) -> None:
        self._offices = offices
        self._counties: dict[str, set[str]] = {}
        for voivodeship, name in offices.counties:
            self._counties.setdefault(name, set()).add(voivodeship)
        self._partners = partners

    def of_partner(self, key: str) -> Place:
        partner = self._partners.partners.get(key)
        return self._of_partner(partner) if partner else NOWHERE

    def of_office(self, key: str) -> Place:
        """The place of an office that a person asked for; without a county where it serves several."""
        office = self._offices.offices.get(key)
        if office is None:
            return NOWHERE
        return office.voivodeship, office.counties[0].name if len(office.counties) == 1 else None

    def _of_partner(self, partner: Partner) -> Place:
        """Several counties may bear one name; then the registry has to name the voivodeship, or there is no place."""
        named = self._counties.get(partner.county, set())
        voivodeship = partner.voivodeship or (next(iter(named)) if len(named) == 1 else None)
        return voivodeship, partner.county if voivodeship in named else None
