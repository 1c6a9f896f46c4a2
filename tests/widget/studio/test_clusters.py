"""Grouping by meaning, on vectors whose groups are known."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from widget.studio import clusters as module
from widget.studio.clusters import Cluster, Vectors, clusters, nearest_clusters, proposed_topic

MATTERS = ("ile trwa kurs zegarmistrza", "zasiłek po wypowiedzeniu", "urlop na żądanie odmowa")


def messages(each: int, *, noise: int = 0, seed: int = 1) -> tuple[list[str], Vectors, list[int]]:
    """Texts, unit vectors around one direction for each matter, and the matter of each; -1 for noise."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(len(MATTERS), 64))
    truth = [number for number in range(len(MATTERS)) for _ in range(each)] + [-1] * noise
    texts = [f"{MATTERS[matter]} {place}" if matter >= 0 else f"coś {place}" for place, matter in enumerate(truth)]
    rows = np.stack([
        centres[matter] + 0.15 * random.normal(size=64) if matter >= 0 else 3 * random.normal(size=64)
        for matter in truth
    ])  # fmt: skip
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return texts, rows.astype(np.float32), truth


def test_matters_are_found_each_with_a_name_and_its_most_typical_message() -> None:
    texts, vectors, truth = messages(30, noise=20)
    found = clusters(texts, vectors)
    assert len(found) >= len(MATTERS)
    for cluster in found:
        # A message about nothing may lie near a matter by chance.
        (_, most), *_ = Counter(truth[number] for number in cluster.members).most_common()
        assert most >= 0.8 * len(cluster.members)
    names = " ".join(cluster.name for cluster in found)
    assert {"zegarmistrza", "zasiłek", "urlop"} <= set(names.split())
    middle = vectors[list(found[0].members)].mean(axis=0)
    assert found[0].medoid == max(found[0].members, key=lambda number: float(vectors[number] @ middle))


def test_no_message_is_in_two_clusters_and_the_same_input_gives_the_same() -> None:
    texts, vectors, _ = messages(25, noise=10)
    found = clusters(texts, vectors)
    members = [number for cluster in found for number in cluster.members]
    assert len(members) == len(set(members))
    assert clusters(texts, vectors) == found


def test_many_messages_go_by_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_DIRECT", 100)
    monkeypatch.setattr(module, "_BUNDLES", 40)
    texts, vectors, truth = messages(120)
    found = clusters(texts, vectors)
    assert sum(len(cluster.members) for cluster in found) >= 300
    for cluster in found:
        assert len({truth[number] for number in cluster.members}) == 1


@pytest.mark.parametrize("count", [0, 1, 4])
def test_few_messages_are_no_cluster(count: int) -> None:
    texts, vectors, _ = messages(5)
    assert clusters(texts[:count], vectors[:count]) == []


def test_proposed_topic_is_that_of_the_nearest_examples() -> None:
    _, vectors, _ = messages(3)
    members = vectors[[0, 1]]
    assert proposed_topic(members, vectors[[8, 2, 5]], ["c", "a", "b"]) == "a"
    assert proposed_topic(members, vectors[:0], []) is None


def test_no_topic_is_proposed_where_none_is_near_or_two_are_alike() -> None:
    _, vectors, _ = messages(4)
    members = vectors[[0, 1]]
    assert proposed_topic(members, vectors[[5, 9]], ["other", "third"]) is None
    assert proposed_topic(members, vectors[[2, 3, 9]], ["one", "like it", "third"]) is None


def test_message_of_no_cluster_may_be_near_one() -> None:
    _, vectors, _ = messages(4)
    found = [Cluster((4, 5), "b"), Cluster((0, 1, 2), "a")]
    assert nearest_clusters(found, vectors) == {3: 2, 6: 1, 7: 1, 8: 0, 9: 0, 10: 0, 11: 0}
    assert nearest_clusters([], vectors[:2]) == {0: 0, 1: 0}
