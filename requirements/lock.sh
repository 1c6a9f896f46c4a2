#!/bin/sh
# Renews both lock files. Needs uv, and Python 3.10 and 3.11 that uv can find (or PYTHON_BOT and PYTHON_APP).
set -eu
cd "$(dirname "$0")"
flags="--quiet --no-annotate --no-header --upgrade"
if [ -n "${PIP_FIND_LINKS:-}" ]; then torch="--find-links $PIP_FIND_LINKS"; else torch="--torch-backend cpu"; fi
uv pip compile $flags --python "${PYTHON_BOT:-3.10}" bot.in -o bot.txt
# The lock says plain 2.13.0, so that it fits every platform; the installer takes the CPU build of it.
sed 's/^torch==.*/&+cpu/' app.in | uv pip compile $flags $torch --python "${PYTHON_APP:-3.11}" - -o app.txt
sed -i 's/^\(torch==[0-9.]*\)+cpu/\1/' app.txt
! grep -E '^(nvidia|triton|cuda)' app.txt
