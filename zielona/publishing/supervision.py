"""Supervisor's own interface (http://supervisord.org/api.html) over the socket of a run folder."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import Faults, SupervisorTransport


def socket_path(run_folder: Path) -> Path:
    """A socket's path may have 107 characters at most, so it cannot lie in the project's folder."""
    mark = hashlib.sha256(str(run_folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"zielona-{mark}.sock"


class Supervision:
    """Starts, stops and looks at programs. All methods raise OSError where supervisor is away."""

    def __init__(self, run_folder: Path) -> None:
        self._socket = socket_path(run_folder)

    def start(self, program: str) -> None:
        """Start a program unless it runs; nobody waits until it is ready."""
        self._tolerating(Faults.ALREADY_STARTED, "startProcess", program, False)

    def stop(self, program: str) -> None:
        """Stop a program and wait until it has ended."""
        self._tolerating(Faults.NOT_RUNNING, "stopProcess", program, True)

    def stop_all(self, programs: Iterable[str]) -> None:
        for program in programs:
            self.stop(program)

    def status(self, program: str) -> str:
        """Name of the program's state, empty while supervisor itself is still starting."""
        return self._info(program)[0]

    def pid(self, program: str) -> int:
        """0 where the program does not run."""
        return self._info(program)[1]

    def pids(self) -> dict[str, int]:
        """Process ids by program, of those that run."""
        return {info["name"]: info["pid"] for info in self._call("getAllProcessInfo") if info["pid"]}

    def _info(self, program: str) -> tuple[str, int]:
        try:
            info = self._call("getProcessInfo", program)
        except (OSError, HTTPException, Fault):
            return "", 0
        return str(info["statename"]), int(info["pid"])

    def _tolerating(self, harmless: int, method: str, *arguments: Any) -> None:
        try:
            self._call(method, *arguments)
        except Fault as fault:
            if fault.faultCode != harmless:
                raise

    def _call(self, method: str, *arguments: Any) -> Any:
        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        try:
            return getattr(ServerProxy("http://127.0.0.1", transport=transport).supervisor, method)(*arguments)
        finally:
            transport.close()
