"""The ready dashboard and the metrics know each other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml
from prometheus_client import CollectorRegistry

from actions import metrics as of_actions
from bot import metrics as of_bot
from knowledge_base.search import metrics as of_search
from widget import metrics as of_widget
from zielona.processes import SERVICES
from zielona.settings import SETTINGS

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
REGISTRIES: tuple[CollectorRegistry, ...] = tuple(part.REGISTRY for part in (of_widget, of_bot, of_actions, of_search))


def described() -> set[str]:
    """Names as they are scraped, without the endings of histograms."""
    found = set()
    for registry in REGISTRIES:
        for metric in registry.collect():
            found.add(f"{metric.name}_total" if metric.type == "counter" else
                      f"{metric.name}_info" if metric.type == "info" else metric.name)  # fmt: skip
    return found


def shown() -> set[str]:
    board = json.loads((DEPLOY / "grafana" / "zielona.json").read_text(encoding="utf-8"))
    expressions = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    return {name.removesuffix("_bucket") for text in expressions for name in re.findall(r"zielona_\w+", text)}


def test_every_metric_is_on_the_dashboard_and_no_other() -> None:
    assert shown() == described()


def test_no_two_services_have_a_metric_of_one_name() -> None:
    assert sum(len(list(registry.collect())) for registry in REGISTRIES) == len(described())


def test_prometheus_is_told_of_each_service_at_its_port() -> None:
    jobs = yaml.safe_load((DEPLOY / "prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"]
    ports = {setting.name: setting.default for setting in SETTINGS}
    wanted = {
        service.name: [f"127.0.0.1:{ports[name]}" for name in (service.port_setting, f"SECOND_{service.port_setting}")
                       if name in ports]
        for service in SERVICES
    }  # fmt: skip
    assert {job["job_name"]: job["static_configs"][0]["targets"] for job in jobs} == wanted


def test_panels_do_not_overlap() -> None:
    board = json.loads((DEPLOY / "grafana" / "zielona.json").read_text(encoding="utf-8"))
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert place["x"] + place["w"] <= 24
        assert not taken & cells, panel["title"]
        taken |= cells
