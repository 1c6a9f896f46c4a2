"""The command `zielona`."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dotenv import load_dotenv

from zielona.progress import StepError, say
from zielona.settings import ROOT, SettingError, Settings, current_settings

Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: list[str] | None = None) -> int:
    load_dotenv(ROOT / ".env")
    options = parser().parse_args(arguments)
    # Imported lazily by each command, so that a mistake in one command's needs does not close the others.
    from zielona.client import ServiceError
    from zielona.processes import StartError

    command: Command = options.command
    try:
        return command(options, _with_run_folder(current_settings()))
    except (StepError, StartError, SettingError, ServiceError) as error:
        say(f"BŁĄD: {error}")
        return 1
    except KeyboardInterrupt:
        return 130


def _with_run_folder(settings: Settings) -> Settings:
    """A command finds the release that answers as the services do."""
    return Settings({**settings.values, "ZL_RUN": str(settings.run_folder)})


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    root = argparse.ArgumentParser(prog="zielona", description="Asystent Zielonej Linii.")
    commands = root.add_subparsers(required=True, metavar="polecenie")

    def add(name: str, command: Command, description: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=description, description=description)
        sub.set_defaults(command=command)
        return sub

    add("run", run, "buduje, co trzeba, i uruchamia wszystkie usługi")
    add("build", build, "buduje, co trzeba, i nic nie uruchamia")
    train_ = add("train", train, "trenuje model dialogowy, jeżeli zmieniły się dane")
    train_.add_argument("--force", action="store_true", help="trenuj także wtedy, gdy nic się nie zmieniło")
    add("validate", validate, "sprawdza dane modelu dialogowego (rasa data validate)")
    add("index", index, "buduje i publikuje indeks fragmentów")
    check = add("check-content", check_content, "sprawdza tematy, fragmenty, kwoty i partnerów")
    check.add_argument("paths", nargs="*", help="pokaż tylko uwagi do tych plików lub folderów")
    retention_ = add("retention", retention, "usuwa rozmowy starsze niż ZL_RETENTION_DAYS")
    retention_.add_argument("--daily", action="store_true", help="nie kończ, powtarzaj co dobę")
    publish_ = add("publish", publish, "wykonuje publikacje zlecone w studiu")
    publish_.add_argument("--watch", action="store_true", help="nie kończ, czekaj na następne zlecenia")
    ask_ = add("ask", ask, "zadaje pytanie działającemu asystentowi")
    ask_.add_argument("question", nargs="?", help="pytanie")
    ask_.add_argument("--file", type=Path, help="plik z pytaniami, po jednym w wierszu")
    ask_.add_argument("--json", action="store_true", help="jeden obiekt JSON na pytanie")
    ask_.add_argument("--explain", action="store_true", help="pokaż, skąd odpowiedź: tematy, fragmenty, cechy, decyzję")
    search_ = add("search", search, "szuka fragmentów w działającej usłudze")
    search_.add_argument("query")
    search_.add_argument("--on", help="dzień, rrrr-mm-dd")
    search_.add_argument("--audience", help="grupa odbiorców")
    search_.add_argument("--limit", type=int, default=5)
    search_.add_argument("--official", action="store_true", help="pokaż też słowa zaimportowanych aktów")
    search_.add_argument("--json", action="store_true")
    evaluate_ = add("evaluate", evaluate, "mierzy trafność na osobnych pytaniach i pisze raport")
    evaluate_.add_argument("--no-baselines", action="store_true", help="nie porównuj z tym, co można mieć zamiast")
    evaluate_.add_argument(
        "--stock-epochs", type=int, default=100,
        help="epoki potoku startowego Rasy (domyślnie 100; trenuje się raz na dane, ponad godzinę; 0: bez niego)",
    )  # fmt: skip
    evaluate_.add_argument("--limit", type=int, help="tylko tyle wiadomości z każdego zbioru")
    evaluate_.add_argument("--publish", type=Path, help="zapisz też skrót raportu, na przykład docs/evaluation.md")
    import_ = add("import-act", import_act, "importuje tekst urzędowy aktu z serwisu ELI Sejmu albo z pliku")
    import_.add_argument("eli", help="identyfikator aktu, na przykład DU/2025/620")
    import_.add_argument("--file", type=Path, help="plik HTML albo PDF zapisany ręcznie; serwis nie jest wtedy pytany")
    import_.add_argument("--metadata", type=Path, help="opis aktu (JSON z serwisu) zapisany ręcznie, razem z --file")
    import_.add_argument(
        "--format", choices=("auto", "html", "pdf"), default="auto", help="forma tekstu do pobrania (domyślnie: auto)"
    )
    import_.add_argument("--original", action="store_true", help="tekst ogłoszony, nie ujednolicony")
    import_.add_argument("--no-index", action="store_true", help="nie buduj indeksu po imporcie")
    add("collect-night", collect_night, "robi zgłoszenia z rozmów, które poza godzinami zostały bez odpowiedzi")
    group_ = add("group-messages", group_messages, "grupuje według znaczenia to, czego asystent nie zrozumiał")
    group_.add_argument("--holder", default="", help=argparse.SUPPRESS)
    admin_ = add("admin", admin, "zakłada konto administratora panelu albo nadaje nowe hasło")
    admin_.add_argument("action", choices=("create", "reset"), help="create: nowe konto, reset: nowe hasło")
    admin_.add_argument("--email", required=True, help="adres e-mail konta")
    admin_.add_argument("--name", default="Administrator", help="imię i nazwisko (dla create)")
    admin_.add_argument("--generate", action="store_true", help="wylosuj hasło i pokaż je, zamiast o nie pytać")
    statistics_ = add("statistics", statistics, "przelicza statystyki albo zapisuje raport miesięczny")
    statistics_.add_argument("action", choices=("rebuild", "report"), help="rebuild: przelicz, report: raport PDF")
    statistics_.add_argument("--month", help="miesiąc raportu, rrrr-mm (domyślnie ostatni pełny)")
    statistics_.add_argument("--out", type=Path, default=Path("raport.pdf"), help="plik raportu")
    demo = add("demo-data", demo_data, "zakłada rok zmyślonych, wyraźnie oznaczonych zdarzeń do obejrzenia statystyk")
    demo.add_argument("--events", type=int, default=60_000, help="ile mniej więcej zdarzeń")
    demo.add_argument("--days", type=int, default=365, help="z ilu dni")
    demo.add_argument("--remove", action="store_true", help="tylko usuń to, co zmyślone")
    return root


def _artifacts(settings: Settings) -> Any:
    from zielona.artifacts import Artifacts

    return Artifacts(settings, settings.run_folder)


def build(options: argparse.Namespace, settings: Settings) -> int:
    from zielona.artifacts import describe

    artifacts = _artifacts(settings)
    artifacts.build_all()
    describe(settings, artifacts)
    return 0


def run(options: argparse.Namespace, settings: Settings) -> int:
    from zielona.processes import Stack

    build(options, settings)
    stack = Stack(settings, _artifacts(settings).model, settings.run_folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        stack.start()
        say(f"Asystent działa: {stack.address}/demo  (zatrzymanie: Ctrl+C)")
        return stack.wait()
    finally:
        stack.stop()


def train(options: argparse.Namespace, settings: Settings) -> int:
    artifacts = _artifacts(settings)
    artifacts.build_language("bot")
    say(f"Model: {artifacts.train(force=options.force)}")
    return 0


def validate(options: argparse.Namespace, settings: Settings) -> int:
    artifacts = _artifacts(settings)
    artifacts.build_language("bot")
    artifacts.validate()
    return 0


def index(options: argparse.Namespace, settings: Settings) -> int:
    artifacts = _artifacts(settings)
    artifacts.build_language("app")
    say(f"Indeks: {artifacts.build_index()}")
    official = artifacts.build_official_index()
    if official:
        say(f"Indeks tekstów urzędowych: {official}")
    return 0


def check_content(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge_base.check.report import main as check
    from widget.partners.check import report
    from zielona.settings import partners_file, suggestions_file

    partners = report(partners_file(settings), suggestions_file())
    for line in partners:
        sys.stdout.write(f"{line}\n")
    review = int(settings.number("REVIEW_DAYS"))
    failed = check([*options.paths, "--index", str(settings.index_root), "--review-days", str(review)])
    return 1 if partners else failed


def retention(options: argparse.Namespace, settings: Settings) -> int:
    from zielona.retention import run as erase_old

    return erase_old(settings, daily=options.daily)


def publish(options: argparse.Namespace, settings: Settings) -> int:
    from zielona.publishing.worker import run as carry_out

    return carry_out(settings, watch=options.watch)


def ask(options: argparse.Namespace, settings: Settings) -> int:
    from zielona.client import ServiceClient
    from zielona.environments import secret

    client = ServiceClient(settings, secret=secret(settings) if options.explain else None)
    if options.file:
        questions = [line.strip() for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    elif options.question:
        questions = [options.question]
    else:
        say("BŁĄD: podaj pytanie albo --file z pytaniami")
        return 2
    for question in questions:
        answer = client.ask(question)
        if options.explain:
            answer["searched"] = client.search(question)
        if options.json:
            sys.stdout.write(json.dumps({"question": question, **answer}, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(_readable(answer))
        sys.stdout.flush()
    return 0


def _readable(answer: dict[str, Any]) -> str:
    from zielona.explanation import explain

    lines = []
    for message in answer["messages"]:
        lines.append(message["text"])
        lines += [f"  [{button['title']}]" for button in message["buttons"]]
        for item in message["sources"]:
            place = ", ".join(filter(None, [item["article"], item["act"]]))
            lines.append(f"  Podstawa: {place} – {item['title']}")
        if "trace" in message:
            lines += ["", *(f"  {line}" for line in explain(message, answer.get("searched")))]
    return "\n".join(lines) + "\n"


def search(options: argparse.Namespace, settings: Settings) -> int:
    from zielona.client import ServiceClient

    found = ServiceClient(settings).search(
        options.query, on=options.on, audience=options.audience, limit=options.limit, official=options.official
    )
    if options.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(f"decyzja: {found['decision']}, prawdopodobieństwo {found['probability']:.2f}\n")
    for result in found["results"]:
        source = result["source"]
        sys.stdout.write(f"{result['score']:.2f}  {result['title']}  ({source['article']}, {source['act']})\n")
    for result in found.get("official", []):
        source = result["source"]
        sys.stdout.write(f"tekst urzędowy  {source['article']}, {source['act']}: {result['text'][:100]}…\n")
    return 0


def evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from zielona.evaluation.command import run

    return run(
        settings,
        compare=not options.no_baselines,
        epochs=options.stock_epochs,
        limit=options.limit,
        publish=options.publish,
    )


def import_act(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge_base.acts.command import run as import_text
    from knowledge_base.acts.errors import ActError

    try:
        import_text(
            settings,
            options.eli,
            file=options.file,
            metadata=options.metadata,
            form=options.format,
            original=options.original,
            report=say,
        )
    except ActError as error:
        say(f"BŁĄD: {error}")
        return 1
    if not options.no_index:
        artifacts = _artifacts(settings)
        artifacts.build_language("app")
        official = artifacts.build_official_index()
        say(f"Indeks tekstów urzędowych: {official}" if official else "Nie ma czego indeksować.")
    return 0


def statistics(options: argparse.Namespace, settings: Settings) -> int:
    from widget.statistics import command

    if options.action == "report":
        return command.report(settings, options.month, options.out, say)
    return command.rebuild(settings, say)


def demo_data(options: argparse.Namespace, settings: Settings) -> int:
    from widget.statistics import command

    return command.demo_data(settings, events=options.events, days=options.days, only_remove=options.remove, say=say)


def collect_night(options: argparse.Namespace, settings: Settings) -> int:
    from widget.console.inbox.command import collect_night as collect

    return collect(settings, say)


def group_messages(options: argparse.Namespace, settings: Settings) -> int:
    from widget.studio.labelling.command import group_messages as group

    return group(settings, say, holder=options.holder)


def admin(options: argparse.Namespace, settings: Settings) -> int:
    from widget.accounts.command import AccountCommand

    command = AccountCommand(settings, say)
    if options.action == "reset":
        return command.reset(options.email)
    return command.create(options.email, options.name, generate=options.generate)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
