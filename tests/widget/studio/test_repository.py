"""Content under git: commits of editors, conflicts, other people's work left alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.widget.studio.content import git
from widget.studio.repository import (
    Author,
    Change,
    ConflictError,
    ContentRepository,
    Removal,
    RepositoryError,
    blob_hash,
)

EVA = Author("Ewa Lis", "ewa@example.org")


@pytest.fixture
def repository(tmp_path: Path) -> ContentRepository:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a.yml").write_text("pierwsza\n", encoding="utf-8")
    (tmp_path / "b.yml").write_text("inna\n", encoding="utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Początek")
    return ContentRepository(tmp_path)


def change(repository: ContentRepository, text: str, path: str = "a.yml") -> Change:
    return Change(path, text, repository.read(path).version)


def test_version_is_what_git_calls_the_file(repository: ContentRepository) -> None:
    assert repository.read("a.yml").version == git(repository.root, "hash-object", "a.yml").strip()
    assert blob_hash(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert repository.read("nie-ma.yml").version == ""


def test_each_save_is_a_commit_of_its_editor(repository: ContentRepository) -> None:
    repository.save([change(repository, "druga\n")], author=EVA, subject="Zażółć: „zmiana”")
    repository.save([change(repository, "nowa\n", "nowy/c.yml")], author=EVA, subject="Nowy plik")
    newest, oldest = repository.history("a.yml")
    assert (newest.author, newest.subject, oldest.subject) == ("Ewa Lis", "Zażółć: „zmiana”", "Początek")
    assert newest.at >= oldest.at
    assert repository.at(newest.id, "a.yml") == "druga\n"
    assert repository.at(oldest.id, "a.yml") == "pierwsza\n"
    assert repository.at(oldest.id, "nowy/c.yml") == ""
    assert git(repository.root, "status", "--porcelain") == ""
    assert git(repository.root, "log", "-1", "--format=%ae").strip() == "ewa@example.org"


def test_file_that_changed_on_disk_is_not_overwritten(repository: ContentRepository) -> None:
    mine = change(repository, "moja\n")
    (repository.root / "a.yml").write_text("inżyniera\n", encoding="utf-8")
    with pytest.raises(ConflictError) as caught:
        repository.save([change(repository, "x\n", "b.yml"), mine], author=EVA, subject="Moja")
    assert caught.value.current == "inżyniera\n"
    assert repository.read("a.yml").text == "inżyniera\n"
    assert repository.read("b.yml").text == "inna\n"
    assert len(repository.history("b.yml")) == 1


def test_engineers_unsaved_work_is_no_work_of_the_editor(repository: ContentRepository) -> None:
    (repository.root / "a.yml").write_text("inżyniera\n", encoding="utf-8")
    (repository.root / "b.yml").write_text("w toku\n", encoding="utf-8")
    git(repository.root, "add", "b.yml")
    repository.save([change(repository, "redaktorki\n")], author=EVA, subject="Redaktorka")
    authors = [(item.author, repository.at(item.id, "a.yml")) for item in repository.history("a.yml")]
    assert authors[0] == ("Ewa Lis", "redaktorki\n")
    assert authors[1] == ("Zmiana w plikach", "inżyniera\n")
    assert git(repository.root, "status", "--porcelain").split() == ["M", "b.yml"]


def test_where_git_refuses_the_files_are_as_before(repository: ContentRepository) -> None:
    lock = repository.root / ".git" / "index.lock"
    lock.touch()
    with pytest.raises(RepositoryError, match="nie została zapisana"):
        repository.save(
            [change(repository, "nowa\n"), change(repository, "świeża\n", "nowy.yml")], author=EVA, subject="Nie"
        )
    lock.unlink()
    assert repository.read("a.yml").text == "pierwsza\n"
    assert not (repository.root / "nowy.yml").exists()
    assert git(repository.root, "status", "--porcelain") == ""


def test_removal_is_a_commit_and_is_undone_where_git_refuses(repository: ContentRepository) -> None:
    gone = Removal("a.yml", repository.read("a.yml").version)
    lock = repository.root / ".git" / "index.lock"
    lock.touch()
    with pytest.raises(RepositoryError, match="nie została zapisana"):
        repository.remove([gone], author=EVA, message="Nie")
    lock.unlink()
    assert repository.read("a.yml").text == "pierwsza\n"
    with pytest.raises(ConflictError):
        repository.remove([Removal("a.yml", "0" * 40)], author=EVA, message="Nie")
    first = repository.head()
    repository.remove([gone], author=EVA, message="Koniec\n\nPowód: stare")
    assert not (repository.root / "a.yml").exists()
    assert git(repository.root, "status", "--porcelain") == ""
    [told] = repository.between(first, "HEAD", ["a.yml", "b.yml"])
    assert (told.author, told.subject, told.paths) == ("Ewa Lis", "Koniec", ("a.yml",))


def test_folder_without_git_says_who_can_help(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("x\n", encoding="utf-8")
    repository = ContentRepository(tmp_path)
    with pytest.raises(RepositoryError, match="administrator"):
        repository.save([change(repository, "y\n")], author=EVA, subject="Nie")
    assert repository.read("a.yml").text == "x\n"


def test_of_editors_at_once_one_saves_and_the_rest_are_told(repository: ContentRepository) -> None:
    changes = [change(repository, f"wersja {number}\n") for number in range(6)]

    def save(one: Change) -> bool:
        try:
            repository.save([one], author=EVA, subject="Naraz")
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(save, changes)) == 1
    assert len(repository.history("a.yml")) == 2


def test_saving_what_is_there_already_makes_no_commit(repository: ContentRepository) -> None:
    repository.save([change(repository, "pierwsza\n")], author=EVA, subject="Nic")
    assert len(repository.history("a.yml")) == 1


def test_folder_may_lie_within_a_repository(repository: ContentRepository) -> None:
    inner = ContentRepository(repository.root / "nowy")
    inner.root.mkdir()
    inner.save([Change("c.yml", "c\n", "")], author=EVA, subject="W środku")
    assert inner.at(inner.history("c.yml")[0].id, "c.yml") == "c\n"
