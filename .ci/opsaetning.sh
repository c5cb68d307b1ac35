# shellcheck shell=sh
# Sourced by ./run: installs what is missing on the machine and in the project, each thing once. Stamps
# (.venv/.stempel, node_modules/.stempel) remember which lock file was installed, so that the next run starts at once.

# --- What the machine must have ------------------------------------------------------------------------------------

# The first Python that is new enough and can make virtual environments (Debian's cannot without python3-venv).
find_python() {
    for kandidat in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if har "$kandidat" && "$kandidat" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            printf '%s\n' "$kandidat"
            return 0
        fi
    done
    return 1
}

python_mangler() {
    fejl "Python 3.11 eller nyere med venv blev ikke fundet." \
        "(Python 3.11 or newer with venv was not found; set PYTHON to its path.)"
}

venv_virker() { "$PY" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Without ldconfig (no Linux) the library counts as present, and WeasyPrint says so itself if it is not.
har_bibliotek() { ! har ldconfig || ldconfig -p | grep -q "$1"; }

har_postgresql() {
    [ -n "${TEST_DATABASE_URL:-}" ] || har initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

# Debian packages that are missing for a purpose: demo, hurtig (no browser, no PostgreSQL) or test.
manglende_pakker() {
    venv_virker || find_python >/dev/null || printf '%s\n' python3 python3-venv
    har_bibliotek 'libpango-1\.0\.so\.0' || printf '%s\n' libpango-1.0-0
    har_bibliotek 'libpangoft2-1\.0\.so\.0' || printf '%s\n' libpangoft2-1.0-0
    har_bibliotek 'libharfbuzz-subset\.so\.0' || printf '%s\n' libharfbuzz-subset0
    har node || printf '%s\n' nodejs
    har npm || printf '%s\n' npm
    # Without it the pages offer no file for Word, and its tests fail.
    har pandoc || printf '%s\n' pandoc
    [ "$1" != demo ] || return 0
    har pdftoppm || printf '%s\n' poppler-utils
    [ "$1" = test ] || return 0
    har chromium-headless-shell || har chromium || printf '%s\n' chromium-headless-shell
    har_postgresql || printf '%s\n' postgresql
}

sikr_pakker() {
    pakker=$(manglende_pakker "$1" | tr '\n' ' ')
    pakker=${pakker% }
    [ -n "$pakker" ] || return 0
    har apt-get || fejl "Denne maskine har ikke apt-get. Installér selv det, der svarer til disse Debian-pakker:" \
        "  $pakker" "(This machine has no apt-get: install the equivalents of these Debian packages yourself.)"
    if [ "$(id -u)" -eq 0 ]; then
        som_root='env'
    elif har sudo && sudo -n true 2>/dev/null; then
        som_root='sudo -n env'
    else
        kommando="apt-get update && apt-get install -y --no-install-recommends $pakker"
        if har sudo; then kommando="sudo sh -c '$kommando'"; else kommando="su -c '$kommando'"; fi
        fejl "Der mangler Debian-pakker. Kør denne ene kommando, og prøv så igen:" "  $kommando" \
            "(Debian packages are missing: run the command above, then try again.)"
    fi
    sig "Installerer Debian-pakker: $pakker"
    # A foreign package source that does not answer must not stop us: the install itself decides.
    # shellcheck disable=SC2086 # words on purpose
    {
        $som_root DEBIAN_FRONTEND=noninteractive apt-get update ||
            sig "apt-get update fejlede; prøver alligevel at installere."
        $som_root DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $pakker
    } </dev/null >"$LOG" 2>&1 || vis_log "Debian-pakkerne kunne ikke installeres."
    pakker=$(manglende_pakker "$1" | tr '\n' ' ')
    [ -z "$pakker" ] || fejl "Pakkerne blev installeret, men dette mangler stadig: $pakker" \
        "Socialaftale kræver Debian 12 eller nyere (Python 3.11)."
}

# Chromium's shell without windows shows a page in half the time. Where there is a whole Chromium, the tests can do
# without it, so here nothing that goes wrong is a fault.
forsoeg_lille_browser() {
    ! har chromium-headless-shell && har apt-get && [ ! -e var/.uden-lille-browser ] || return 0
    if [ "$(id -u)" -eq 0 ]; then
        som_root='env'
    elif har sudo && sudo -n true 2>/dev/null; then
        som_root='sudo -n env'
    else
        return 0
    fi
    # shellcheck disable=SC2086 # words on purpose
    {
        $som_root DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium-headless-shell ||
            { $som_root apt-get update && $som_root DEBIAN_FRONTEND=noninteractive \
                apt-get install -y --no-install-recommends chromium-headless-shell; }
    } </dev/null >"$LOG" 2>&1 || {
        sig "chromium-headless-shell kunne ikke installeres; bruger Chromium."
        : >var/.uden-lille-browser
    }
}

# --- What the project must have: Python packages and npm packages by their lock files --------------------------------

# $1 is the lock file. requirements-test.txt holds everything in requirements.txt, so one environment serves both.
sikr_python() {
    laas="$1 $(sha <"$1")"
    if venv_virker && version=$("$PY" -c 'import sys; print(sys.version)' | tr '\n' ' ') &&
        grep -qxF "sti $ROD" .venv/.stempel 2>/dev/null && grep -qxF "python $version" .venv/.stempel; then
        ! grep -qxF "$laas" .venv/.stempel || return 0
        behold=ja
    elif venv_virker && [ ! -e .venv/.stempel ] && [ ! -e .venv/.i-gang ] && "$PY" -m pip --version >/dev/null 2>&1; then
        behold=ja # made by hand: complete it
    else
        behold=nej # none, half-made, moved, or its Python is gone
    fi
    if [ "$behold" = nej ]; then
        python=$(find_python) || python_mangler
        sig "Opretter Pythonmiljøet .venv"
        "$python" -m venv --clear .venv >"$LOG" 2>&1 || vis_log "Pythonmiljøet kunne ikke oprettes."
    fi
    sig "Installerer Pythonpakker ($1)"
    : >.venv/.i-gang
    rm -f .venv/.stempel
    "$PY" -m pip install --require-hashes --no-input --disable-pip-version-check --compile -r "$1" </dev/null \
        >"$LOG" 2>&1 || vis_log "Pythonpakkerne kunne ikke installeres."
    {
        sig "sti $ROD"
        sig "python $("$PY" -c 'import sys; print(sys.version)' | tr '\n' ' ')"
        sig "requirements.txt $(sha <requirements.txt)"
        sig "$laas"
    } >.venv/.stempel
    rm .venv/.i-gang
}

sikr_npm() {
    laas=$(cat package.json package-lock.json .npmrc | sha)
    [ "$(cat node_modules/.stempel 2>/dev/null)" != "$laas" ] || return 0
    sig "Installerer npm-pakker"
    (
        # npm brings its own list of certificates; behind a company's proxy only the machine's list is right.
        if node --use-system-ca -e '' 2>/dev/null; then
            export NODE_OPTIONS="${NODE_OPTIONS:-} --use-system-ca"
        elif [ -r /etc/ssl/certs/ca-certificates.crt ] && [ "$(npm config get cafile)" = null ]; then
            export NPM_CONFIG_CAFILE=/etc/ssl/certs/ca-certificates.crt
        fi
        npm ci --ignore-scripts --no-audit --no-fund
    ) </dev/null >"$LOG" 2>&1 || vis_log "npm-pakkerne kunne ikke installeres."
    sig "$laas" >node_modules/.stempel
}

# The text editor is bundled again when its sources or packages changed; needs no network.
sikr_editor() {
    kilder=$(cat package.json package-lock.json static/editor/*.js | sha)
    [ ! -e build/skriv/skriv.js ] || [ "$(cat build/.stempel 2>/dev/null)" != "$kilder" ] || return 0
    sig "Bygger teksteditoren"
    npm run build </dev/null >"$LOG" 2>&1 || vis_log "Teksteditoren kunne ikke bygges."
    sig "$kilder" >build/.stempel
}

# $1: demo, hurtig or test. Two set-ups in one folder wait for each other. The lock is taken after apt, because a
# service that apt starts would inherit it and hold it for ever.
sikr() {
    mkdir -p var
    sikr_pakker "$1"
    [ "$1" != test ] || forsoeg_lille_browser
    exec 8>var/.opsaetning.laas
    if har flock; then flock 8; fi
    if [ "$1" = demo ]; then sikr_python requirements.txt; else sikr_python requirements-test.txt; fi
    sikr_npm
    sikr_editor
    exec 8>&-
}
