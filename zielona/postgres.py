"""A PostgreSQL server of its own, for tests and benchmarks, where its programs are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zielona.sandbox import free_ports

_START_SECONDS = 60


def programs_folder() -> Path | None:
    """Folder of the server's programs, or None where it is not installed."""
    found = shutil.which("postgres")
    folders = (
        [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    )
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """A server of its own on a free port; gives the URL of an empty database."""
    # PostgreSQL refuses to run as root.
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    folder = Path(tempfile.mkdtemp(prefix="zl-pg-"))
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    port = free_ports(1)[0]
    initdb = [str(programs / "initdb"), "-D", str(folder / "data")]
    how = ["-U", "zielona", "-A", "trust", "-E", "UTF8", "--no-locale"]
    subprocess.run([*initdb, *how], check=True, capture_output=True, cwd=folder, **as_user)  # type: ignore[call-overload]
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # type: ignore[call-overload]
            [programs / "postgres", "-D", folder / "data", "-p", str(port), *options],
            stdout=log, stderr=log, cwd=folder, **as_user,
        )  # fmt: skip
        try:
            _wait(programs, port, folder)
            yield f"postgresql+psycopg://zielona@127.0.0.1:{port}/postgres"
        finally:
            # Its fast way to stop, without waiting for connections.
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            shutil.rmtree(folder, ignore_errors=True)


def _wait(programs: Path, port: int, folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    ready = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(ready, capture_output=True, check=False).returncode:
        if time.monotonic() > deadline:
            raise RuntimeError((folder / "log").read_text(encoding="utf-8"))
        time.sleep(0.1)
