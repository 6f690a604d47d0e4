# Sourced by the commands beside it: finds Python, and keeps the virtual environment as the lock
# says. Afterwards $root is the checkout and $python the interpreter to use.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv=$root/.venv

stop() {
    echo "$1" >&2
    exit 2
}

# new_enough PYTHON: is there such a program, and is it 3.11 or later?
new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${ANSWERABLE_PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    stop "Python 3.11 or later is missing. Debian and Ubuntu: apt-get install python3 python3-venv"
}

make_venv() {
    base=$(find_python) || exit 2
    if ! "$base" -c 'import ensurepip' 2>/dev/null; then
        package=$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            echo "Installing $package …"
            { apt-get update -qq && apt-get install -y -qq "$package"; } >/dev/null ||
                stop "Installing $package failed. Install it, then start again."
        else
            stop "Python cannot make virtual environments here. Run: sudo apt-get install $package"
        fi
    fi
    echo "Making a virtual environment in $venv …"
    "$base" -m venv --clear "$venv" || stop "$venv could not be made."
}

# count TOTAL: show how far pip is, at a terminal.
count() {
    n=0
    while read -r line; do
        case $line in
        Collecting*)
            n=$((n + 1))
            if [ -t 1 ]; then printf '\r  %s of %s' "$n" "$1"; fi
            ;;
        esac
    done
    if [ -t 1 ]; then echo; fi
}

# install LOCK: make what is installed what the lock says.
install() {
    total=$(grep -c '^[a-z].*==' "$root/$1")
    echo "Installing $total packages (a minute or so) …"
    echo 1 >"$venv/pip.exit"
    {
        PYTHONUNBUFFERED=1 "$venv/bin/python" -m pip install --no-input \
            --disable-pip-version-check --no-warn-script-location \
            --only-binary :all: --require-hashes -r "$root/$1" 2>"$venv/pip.errors" &&
            echo 0 >"$venv/pip.exit"
    } | count "$total"
    if [ "$(cat "$venv/pip.exit")" != 0 ]; then
        grep -v -i '^warning' "$venv/pip.errors" | tail -n 5 >&2
        stop "Installing the packages failed. Check the network, then start again."
    fi
}

# installed LOCK: is it there as the locks are now?
installed() {
    [ "$(cat "$venv/$1.installed" 2>/dev/null)" = "$wanted" ] && new_enough "$python"
}

# have_venv LOCK: afterwards $python has what the lock names. Quick when nothing changed.
have_venv() {
    python=$venv/bin/python
    wanted="$root $(cat "$root/requirements.lock" "$root/requirements-dev.lock" | cksum)"
    # The developer's lock holds all of the other.
    if installed "$1" || installed requirements-dev.lock; then return; fi
    if ! new_enough "$python" || ! "$python" -m pip --version >/dev/null 2>&1; then make_venv; fi
    install "$1"
    rm -f "$venv"/*.installed
    echo "$wanted" >"$venv/$1.installed"
}

# Compiled code is kept, even where the environment says not to: each process that starts would
# compile some 1,400 files again, which takes longer than all else that it does before it serves.
export PYTHONDONTWRITEBYTECODE=

# Only this checkout and the packages are looked through for modules, wherever we are called.
export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}" PYTHONSAFEPATH=1
