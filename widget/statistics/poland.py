"""A simplified map of Poland, drawn for this project: voivodeships as polygons over shared corners.

Corners are rounded places (degrees east and north); two neighbours name the same ones, so no gap can open between them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_SCALE = 100.0
_WEST, _NORTH = 14.0, 54.95
_NARROW = math.cos(math.radians(52))
WIDTH, HEIGHT = 640, 605

# Along the country's border, clockwise from the mouth of the Oder.
_OUTER = {
    "swinoujscie": (14.22, 53.93), "mrzezyno": (15.3, 54.15), "jaroslawiec": (16.68, 54.55), "leba": (17.6, 54.78),
    "rozewie": (18.33, 54.83), "gdynia": (18.55, 54.5), "gdansk": (18.85, 54.36), "mierzeja": (19.4, 54.39),
    "goldap": (22.65, 54.35), "wizajny": (22.82, 54.38), "sejny": (23.4, 54.18), "grodno": (23.55, 53.7),
    "krynki": (23.9, 53.15), "bialowieza": (23.88, 52.75), "niemirow": (23.2, 52.27), "terespol": (23.65, 52.05),
    "wlodawa": (23.55, 51.55), "dorohusk": (23.85, 51.15), "zosin": (24.12, 50.85), "dolhobyczow": (24.0, 50.5),
    "hrebenne": (23.45, 50.23), "medyka": (22.95, 49.8), "kroscienko": (22.7, 49.5), "bieszczady": (22.87, 49.05),
    "lupkow": (22.05, 49.22), "barwinek": (21.7, 49.42), "blechnarka": (21.3, 49.43), "muszyna": (20.9, 49.3),
    "pieniny": (20.4, 49.39), "rysy": (20.08, 49.19), "chocholow": (19.78, 49.3), "babia_gora": (19.5, 49.58),
    "zwardon": (18.9, 49.48), "cieszyn": (18.6, 49.75), "raciborz": (18.15, 49.97), "pilszcz": (17.9, 49.99),
    "prudnik": (17.6, 50.28), "paczkow": (16.98, 50.43), "miedzylesie": (16.65, 50.12), "kudowa": (16.2, 50.43),
    "lubawka": (16.0, 50.68), "sniezka": (15.74, 50.74), "bogatynia": (14.83, 50.87), "przewoz": (14.97, 51.45),
    "gubin": (14.68, 51.95), "slubice": (14.56, 52.35), "kostrzyn": (14.4, 52.73), "cedynia": (14.13, 52.85),
    "gryfino": (14.4, 53.25),
}  # fmt: skip
# Where three meet, and bends of the lines between them.
_INNER = {
    "zp_pm": (16.85, 54.1), "zp_pm_wp": (16.98, 53.62), "pm_wp_kp": (17.4, 53.5), "pm_kp": (18.1, 53.75),
    "pm_kp2": (18.6, 53.6), "pm_kp_wm": (19.2, 53.6), "pm_wm": (19.25, 54.1), "kp_wm_mz": (19.75, 53.15),
    "wm_mz": (20.7, 53.2), "wm_mz_pd": (21.6, 53.48), "wm_pd": (22.3, 53.75), "mz_pd": (22.0, 53.1),
    "mz_pd2": (22.45, 52.75), "mz_pd_lu": (22.62, 52.33), "zp_wp_lb": (16.0, 52.98), "zp_wp": (16.5, 53.08),
    "zp_wp2": (16.8, 53.3), "lb_zp": (15.3, 52.98), "lb_wp": (15.85, 52.55), "lb_wp2": (15.9, 52.1),
    "lb_wp_ds": (16.42, 51.78), "lb_ds": (15.8, 51.6), "ds_wp": (16.85, 51.6), "ds_wp2": (17.3, 51.62),
    "ds_wp_op": (17.75, 51.18), "ds_op": (17.5, 50.85), "wp_op_ld": (18.08, 51.17), "op_ld_sl": (18.65, 51.05),
    "op_sl": (18.5, 50.65), "op_sl2": (18.4, 50.25), "wp_ld": (18.35, 51.65), "wp_ld2": (18.75, 52.0),
    "wp_kp_ld": (18.95, 52.35), "wp_kp": (17.45, 53.05), "wp_kp2": (17.85, 52.75), "wp_kp3": (18.35, 52.5),
    "kp_mz": (19.55, 52.85), "kp_mz_ld": (19.3, 52.42), "ld_mz": (20.1, 52.22), "ld_mz2": (20.5, 51.75),
    "ld_mz_sk": (20.45, 51.3), "ld_sl": (19.25, 50.98), "ld_sl_sk": (19.75, 50.92), "sl_sk_ma": (19.93, 50.5),
    "sl_ma": (19.5, 50.32), "sl_ma2": (19.22, 50.05), "sl_ma3": (19.3, 49.75), "sk_ma": (20.55, 50.18),
    "sk_ma_pk": (21.15, 50.35), "ma_pk": (21.2, 49.9), "sk_pk": (21.5, 50.52), "sk_lu_pk": (21.85, 50.8),
    "mz_sk_lu": (21.8, 51.08), "mz_sk": (21.1, 51.2), "mz_lu": (22.2, 51.98), "mz_lu2": (21.65, 51.55),
    "lu_pk": (22.35, 50.65),
}  # fmt: skip
_CORNERS = {**_OUTER, **_INNER}

_SHAPES = {
    "zachodniopomorskie": (
        "swinoujscie mrzezyno jaroslawiec zp_pm zp_pm_wp zp_wp2 zp_wp zp_wp_lb lb_zp kostrzyn cedynia gryfino"
    ),
    "pomorskie": (
        "jaroslawiec leba rozewie gdynia gdansk mierzeja pm_wm pm_kp_wm pm_kp2 pm_kp pm_wp_kp zp_pm_wp zp_pm"
    ),
    "warmińsko-mazurskie": ("mierzeja goldap wm_pd wm_mz_pd wm_mz kp_wm_mz pm_kp_wm pm_wm"),
    "podlaskie": ("goldap wizajny sejny grodno krynki bialowieza niemirow mz_pd_lu mz_pd2 mz_pd wm_mz_pd wm_pd"),
    "lubuskie": ("kostrzyn lb_zp zp_wp_lb lb_wp lb_wp2 lb_wp_ds lb_ds przewoz gubin slubice"),
    "wielkopolskie": (
        "zp_wp_lb zp_wp zp_wp2 zp_pm_wp pm_wp_kp wp_kp wp_kp2 wp_kp3 wp_kp_ld wp_ld2 wp_ld wp_op_ld ds_wp_op "
        "ds_wp2 ds_wp lb_wp_ds lb_wp2 lb_wp"
    ),
    "kujawsko-pomorskie": ("pm_wp_kp pm_kp pm_kp2 pm_kp_wm kp_wm_mz kp_mz kp_mz_ld wp_kp_ld wp_kp3 wp_kp2 wp_kp"),
    "mazowieckie": (
        "kp_wm_mz wm_mz wm_mz_pd mz_pd mz_pd2 mz_pd_lu mz_lu mz_lu2 mz_sk_lu mz_sk ld_mz_sk ld_mz2 ld_mz kp_mz_ld kp_mz"
    ),
    "dolnośląskie": (
        "przewoz lb_ds lb_wp_ds ds_wp ds_wp2 ds_wp_op ds_op paczkow miedzylesie kudowa lubawka sniezka bogatynia"
    ),
    "opolskie": ("ds_wp_op wp_op_ld op_ld_sl op_sl op_sl2 pilszcz prudnik paczkow ds_op"),
    "łódzkie": ("wp_kp_ld kp_mz_ld ld_mz ld_mz2 ld_mz_sk ld_sl_sk ld_sl op_ld_sl wp_op_ld wp_ld wp_ld2"),
    "śląskie": (
        "op_ld_sl ld_sl ld_sl_sk sl_sk_ma sl_ma sl_ma2 sl_ma3 babia_gora zwardon cieszyn raciborz pilszcz op_sl2 op_sl"
    ),
    "świętokrzyskie": ("ld_mz_sk mz_sk mz_sk_lu sk_lu_pk sk_pk sk_ma_pk sk_ma sl_sk_ma ld_sl_sk"),
    "lubelskie": (
        "mz_pd_lu niemirow terespol wlodawa dorohusk zosin dolhobyczow hrebenne lu_pk sk_lu_pk mz_sk_lu mz_lu2 mz_lu"
    ),
    "małopolskie": (
        "sl_sk_ma sk_ma sk_ma_pk ma_pk blechnarka muszyna pieniny rysy chocholow babia_gora sl_ma3 sl_ma2 sl_ma"
    ),
    "podkarpackie": (
        "sk_ma_pk sk_pk sk_lu_pk lu_pk hrebenne medyka kroscienko bieszczady lupkow barwinek blechnarka ma_pk"
    ),
}


@dataclass(frozen=True)
class Region:
    """A voivodeship on the map: corners and the middle for its label, in units of the drawing."""

    name: str
    corners: tuple[tuple[float, float], ...]

    @property
    def points(self) -> str:
        """As the attribute `points` of an SVG polygon."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.corners)

    @property
    def area(self) -> float:
        return abs(sum(cross for cross, _, _ in self._edges()) / 2)

    @property
    def middle(self) -> tuple[float, float]:
        """The centroid, where the shape would balance."""
        twice = sum(cross for cross, _, _ in self._edges())
        x = sum(cross * across for cross, across, _ in self._edges()) / (3 * twice)
        y = sum(cross * down for cross, _, down in self._edges()) / (3 * twice)
        return round(x, 1), round(y, 1)

    def _edges(self) -> list[tuple[float, float, float]]:
        following = (*self.corners[1:], self.corners[0])
        return [(x * v - u * y, x + u, y + v) for (x, y), (u, v) in zip(self.corners, following, strict=True)]


def _project(corner: str) -> tuple[float, float]:
    east, north = _CORNERS[corner]
    return round((east - _WEST) * _SCALE * _NARROW, 1), round((_NORTH - north) * _SCALE, 1)


REGIONS = tuple(
    Region(name, tuple(_project(corner) for corner in corners.split())) for name, corners in _SHAPES.items()
)
