# shellcheck shell=sh
# Sourced by ./run: the checks, the suites with their summary, and the measuring.

FEJLEDE_TRIN=0  # failed steps that are no test
FOERSTE_KODE=0  # exit code of the first part that failed
OVERSIGT=
JUNIT=

# A folder of its own per run, so that two runs at the same time do not mix their results. What the tests leave in the
# temporary folder lies in it too and goes with it.
lav_kladde() {
    KLADDE=$(mktemp -d)
    trap 'rm -rf "$KLADDE"' EXIT
    export TMPDIR="$KLADDE"
}

# Starts one check of `lint`; they all run at the same time.
trin() {
    TRIN=$((TRIN + 1))
    printf '%s\n' "$1" >"$KLADDE/trin-$TRIN.navn"
    shift
    {
        trin_kode=0
        "$@" </dev/null >"$KLADDE/trin-$TRIN.ud" 2>&1 || trin_kode=$?
        printf '%s\n' "$trin_kode" >"$KLADDE/trin-$TRIN.kode"
    } &
}

# What each check found, in the order they were started: nothing when it passed, its whole output when not.
vis_trin() {
    wait
    nr=0
    while [ "$nr" -lt "$TRIN" ]; do
        nr=$((nr + 1))
        trin_navn=$(cat "$KLADDE/trin-$nr.navn")
        trin_kode=$(cat "$KLADDE/trin-$nr.kode" 2>/dev/null || printf '1\n')
        if [ "$trin_kode" -eq 0 ]; then
            sig "  ok     $trin_navn"
            grep -E '^[^ ]+: [0-9]+ linjer' "$KLADDE/trin-$nr.ud" | sed 's/^/         /' || true
        else
            sig "  FEJL   $trin_navn"
            sed 's/^/         /' "$KLADDE/trin-$nr.ud"
            FEJLEDE_TRIN=$((FEJLEDE_TRIN + 1))
            [ "$LINT_KODE" -ne 0 ] || LINT_KODE=$trin_kode
        fi
    done
}

# node judges a file with import or export lines as a module only by its name.
node_kontrol() {
    for fil in static/app/*.js static/editor/*.js; do
        [ -e "$fil" ] || continue
        if grep -qE '^(import|export)\b' "$fil"; then
            cp "$fil" "$KLADDE/modul.mjs" && node --check "$KLADDE/modul.mjs" || return 1
        else
            node --check "$fil" || return 1
        fi
    done
}

lint() {
    LINT_KODE=0
    TRIN=0
    trin "ruff check" "$PY" -m ruff check --output-format concise .
    trin "ruff format" "$PY" -m ruff format --check --output-format concise .
    trin "djlint" "$PY" -m djlint --lint --quiet templates
    trin "importregler" .venv/bin/lint-imports --no-logo
    trin "låse og fillængder" "$PY" tests/vaerktoej/filkontrol.py
    trin "JavaScript" node_kontrol
    trin "manglende migrationer" env DATABASE_URL=sqlite://:memory: \
        "$PY" manage.py makemigrations --check --dry-run --settings socialaftale.settings.test
    trin "produktionsindstillinger" env ALLOWED_HOSTS=eksempel.dk DATABASE_URL=postgresql://ingen@localhost/ingen \
        SECRET_KEY="$("$PY" -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        "$PY" manage.py check --deploy --fail-level WARNING --settings socialaftale.settings.prod
    vis_trin
    return "$LINT_KODE"
}

# One part of test or hurtig: a heading, the command, and a line in the summary. Goes on after a failure. POSIX sh has
# no local variables, hence the prefixes.
del() {
    del_navn=$1
    shift
    printf '\n=== %s ===\n' "$del_navn"
    del_start=$(date +%s)
    del_kode=0
    "$@" || del_kode=$?
    [ "$FOERSTE_KODE" -ne 0 ] || FOERSTE_KODE=$del_kode
    if [ "$del_kode" -eq 0 ]; then del_udfald=ok; else del_udfald=FEJL; fi
    OVERSIGT="$OVERSIGT$(printf '  %-6s %4s s  %s' "$del_udfald" "$(($(date +%s) - del_start))" "$del_navn")
"
}

# $1 names the junit file; the rest are pytest's arguments. FORAN, if set, is what the suite runs under.
FORAN=
pytest_del() {
    junit=$KLADDE/$1.xml
    shift
    JUNIT="$JUNIT $junit"
    # shellcheck disable=SC2086 # words on purpose
    $MED_OS $FORAN "$PY" -m pytest --junitxml="$junit" "$@" </dev/null
}

suite_postgresql() {
    if [ -n "${TEST_DATABASE_URL:-}" ]; then
        export DATABASE_URL="$TEST_DATABASE_URL"
    else
        FORAN='.venv/bin/python tests/vaerktoej/pgklynge.py --'
    fi
    pg_kode=0
    pytest_del postgresql -n 2 -m "not browser" || pg_kode=$?
    FORAN=
    unset DATABASE_URL
    return "$pg_kode"
}

# The browser part waits in real time, and on a crowded machine a wait can run out: what failed is tried once more,
# alone. Only the second outcome counts then, so a real fault still fails.
suite_browser() {
    foer_browser=$JUNIT
    pytest_del browser -n 2 -m browser && return 0
    printf '\nDe fejlede prøves en gang til, en ad gangen:\n'
    JUNIT=$foer_browser
    pytest_del browser-igen -m browser --last-failed --last-failed-no-failures none
}

opsummering() {
    printf '\n=== Samlet ===\n%s\n' "$OVERSIGT"
    # shellcheck disable=SC2086 # words on purpose
    "$PY" tests/vaerktoej/sammentael.py --fejlede-trin="$FEJLEDE_TRIN" $JUNIT ||
        { [ "$FOERSTE_KODE" -ne 0 ] || FOERSTE_KODE=1; }
    exit "$FOERSTE_KODE"
}

bench() {
    databaser='sqlite postgresql'
    case ${1:-} in sqlite | postgresql)
        databaser=$1
        shift
        ;;
    esac
    export DJANGO_SETTINGS_MODULE=socialaftale.settings.demo SOCIALAFTALE_VAR="$ROD/var/bench"
    saml_statiske_filer
    for database in $databaser; do
        printf '\n=== Måling på %s ===\n' "$database"
        rm -rf var/bench
        mkdir -p var/bench
        if [ "$database" = sqlite ]; then
            # shellcheck disable=SC2086 # words on purpose
            $MED_OS "$PY" manage.py bench "$@"
        else
            # shellcheck disable=SC2086 # words on purpose
            $MED_OS "$PY" tests/vaerktoej/pgklynge.py -- "$PY" manage.py bench "$@"
        fi || FOERSTE_KODE=$?
    done
    rm -rf var/bench
    exit "$FOERSTE_KODE"
}
