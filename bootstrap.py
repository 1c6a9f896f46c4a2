"""Sets up both environments with nothing but the standard library, then hands over to `zielona`.

    python3 bootstrap.py            only set up
    python3 bootstrap.py run        set up, then `zielona run`

Everything is keyed by a hash of its inputs, so a second call takes a fraction of a second.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ROOT / ".venv"
UV_VERSION = "0.13.9"


class SetupError(Exception):
    """Set-up cannot go on; the text tells the reader what to do."""


def say(text):
    print(f"[zielona] {text}", flush=True)


def works(command):
    """Tell whether a command runs: shims on the PATH may exist and still fail."""
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def is_version(python, version):
    check = f"import sys; sys.exit(sys.version_info[:2] != {version!r})"
    return works([str(python), "-c", check])


def candidates(version):
    """Interpreters that may be of this version, most likely first; pyenv keeps them outside the PATH."""
    name = "python{}.{}".format(*version)
    yield sys.executable
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        yield os.path.join(folder, name)
    roots = [os.environ.get("PYENV_ROOT"), str(Path.home() / ".pyenv")]
    if shutil.which("pyenv"):
        found = subprocess.run([shutil.which("pyenv"), "root"], capture_output=True, text=True, check=False)
        roots.append(found.stdout.strip())
    for root in filter(None, roots):
        for path in sorted(Path(root).glob("versions/{}.{}.*/bin/python".format(*version)), reverse=True):
            yield str(path)


def find_python(uv, versions):
    """Return a working interpreter of one of the versions, installing the first one if there is none."""
    for version in versions:
        for path in candidates(version):
            if os.path.exists(path) and is_version(path, version):
                return path
    wanted = "{}.{}".format(*versions[0])
    say(f"Nie ma Pythona {wanted} - pobieram go przez uv (tylko raz)...")
    subprocess.run([uv, "python", "install", wanted], check=False)
    found = subprocess.run(
        [uv, "python", "find", "--managed-python", wanted], capture_output=True, text=True, check=False
    )
    path = found.stdout.strip()
    if found.returncode == 0 and is_version(path, versions[0]):
        return path
    raise SetupError(
        f"Brakuje Pythona {wanted} i nie udało się go pobrać. Zainstaluj go, na przykład: "
        f"`uv python install {wanted}`, `pyenv install {wanted}` albo pakietem systemu, i uruchom polecenie ponownie."
    )


def find_uv():
    own = ENVIRONMENTS / "tools" / "bin" / "uv"
    for path in (own, shutil.which("uv")):
        if path and works([str(path), "--version"]):
            return str(path)
    say("Przygotowuję instalator pakietów (uv)...")
    tools = ENVIRONMENTS / "tools"
    created = subprocess.run([sys.executable, "-m", "venv", str(tools)], capture_output=True, text=True, check=False)
    if created.returncode != 0:
        raise SetupError(
            "Python nie potrafi utworzyć środowiska wirtualnego. W systemie Debian lub Ubuntu zainstaluj pakiet "
            f"python3-venv i uruchom polecenie ponownie.\n{created.stdout}{created.stderr}"
        )
    pip = [str(tools / "bin" / "python"), "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}"]
    if subprocess.run(pip, check=False).returncode != 0:
        raise SetupError(
            "Nie udało się pobrać uv z PyPI. Sprawdź połączenie z internetem i uruchom polecenie ponownie."
        )
    return str(own)


def torch_options():
    """Where the CPU build of torch comes from: a local folder of wheels if there is one, else PyTorch's own index."""
    links = os.environ.get("PIP_FIND_LINKS", "").split()
    local = [link for link in links if list(Path(link).glob("torch-*cpu*.whl"))]
    options = [part for link in links for part in ("--find-links", link)]
    return options if local else [*options, "--torch-backend", "cpu"]


def inputs_hash(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(str(part).encode())
    return digest.hexdigest()


def set_up(name, versions, get_uv):
    """Build one environment if its lock file has changed; return its interpreter."""
    target = ENVIRONMENTS / name
    python = target / "bin" / "python"
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = target / ".inputs"
    packaging = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.ruff]")[0]
    key = inputs_hash(lock.read_text(encoding="utf-8"), packaging, sysconfig.get_platform(), ROOT)
    if stamp.exists() and stamp.read_text() == key and python.exists():
        return python
    uv = get_uv()
    interpreter = find_python(uv, versions)
    started = time.monotonic()
    say(f"Buduję środowisko {name} ({interpreter})...")
    stamp.unlink(missing_ok=True)
    run([uv, "venv", "--quiet", "--clear", "--python", interpreter, str(target)])
    install = [uv, "pip", "install", "--python", str(python)]
    # The lock is complete; resolving again would let the plain torch wheel bring 4 GB of CUDA packages.
    run([*install, "--no-deps", *(torch_options() if name == "app" else []), "-r", str(lock)])
    run([*install, "--quiet", "--no-deps", "-e", str(ROOT)])
    stamp.write_text(key)
    say(f"Środowisko {name} gotowe ({time.monotonic() - started:.0f} s).")
    return python


def run(command):
    if subprocess.run(command, check=False).returncode != 0:
        raise SetupError(
            f"Nie powiodło się: {' '.join(command[:4])} ... Powód widać powyżej. "
            "Po usunięciu przyczyny wystarczy uruchomić polecenie ponownie."
        )


def main():
    uv = []

    def get_uv():
        if not uv:
            uv.append(find_uv())
        return uv[0]

    try:
        set_up("bot", [(3, 10)], get_uv)
        python = set_up("app", [(3, 11), (3, 12), (3, 13)], get_uv)
    except SetupError as error:
        say(f"BŁĄD: {error}")
        return 1
    if len(sys.argv) > 1:
        os.chdir(ROOT)
        os.execv(str(python), [str(python), "-m", "zielona.cli", *sys.argv[1:]])  # noqa: S606 - our own interpreter
    return 0


if __name__ == "__main__":
    sys.exit(main())
