# shellcheck shell=sh
# Sourced by ./run: the demo, that is the web server and the worker that makes documents, which live and end together.

kontroller_port() {
    case $PORT in '' | *[!0-9]*) fejl "PORT skal være et tal mellem 1 og 65535, ikke \"$PORT\"." ;; esac
    if venv_virker; then python=$PY; else python=$(find_python) || python_mangler; fi
    "$python" - "$PORT" <<'PYTHON' || exit 1
import errno, socket, sys
port = int(sys.argv[1])
if not 0 < port < 65536:
    sys.exit(f"\nPORT skal være et tal mellem 1 og 65535, ikke {port}.")
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("127.0.0.1", port))
    except OSError as fejl:
        anden = port + 1 if 1024 <= port < 65535 else 8001
        grund = "et andet program bruger den" if fejl.errno == errno.EADDRINUSE else fejl.strerror
        sys.exit(f"\nPort {port} kan ikke bruges: {grund}.\nVælg en anden, for eksempel: PORT={anden} ./run demo")
PYTHON
}

# Static files are collected again only when they, their packages or the settings changed.
saml_statiske_filer() {
    stempel=$(find static socialaftale tilbud takster udmeldinger package-lock.json requirements.txt -type f \
        \( -path '*static/*' -o -path '*/settings/*.py' -o -name statik.py -o -name '*.json' -o -name '*.txt' \) \
        -exec cksum {} + | LC_ALL=C sort | sha)
    if [ ! -e staticroot/staticfiles.json ] || [ "$(cat var/.statik-stempel 2>/dev/null)" != "$stempel" ]; then
        sig "Samler statiske filer"
        "$PY" manage.py collectstatic --noinput --clear >"$LOG" 2>&1 || vis_log "De statiske filer kunne ikke samles."
        sig "$stempel" >var/.statik-stempel
    fi
}

# Waits until the front page answers; 0 = yes, 1 = a server error or no answer in time.
svarer() {
    "$PY" - "$PORT" "$WEB" <<'PYTHON'
import os, sys, time, urllib.error, urllib.request
adresse, web = f"http://127.0.0.1:{sys.argv[1]}/", int(sys.argv[2])
aabner = urllib.request.build_opener(urllib.request.ProxyHandler({}))
frist = time.monotonic() + 60
while time.monotonic() < frist:
    try:
        os.kill(web, 0)
        aabner.open(adresse, timeout=30).read()
        sys.exit(0)
    except urllib.error.HTTPError as fejl:
        sys.exit(f"{adresse} svarer {fejl.code}." if fejl.code >= 500 else 0)
    except ProcessLookupError:
        sys.exit(1)
    except OSError:
        time.sleep(0.2)
sys.exit(f"{adresse} svarer ikke.")
PYTHON
}

i_live() { kill -0 "$1" 2>/dev/null; }

# A worker that is told twice marks its running job as failed instead of leaving it "running" for ever.
stop_demo() {
    trap '' INT TERM HUP
    trap - EXIT
    for omgang in TERM TERM KILL; do
        for pid in $WEB $WORKER; do i_live "$pid" && kill -"$omgang" "$pid" 2>/dev/null; done
        venter=0
        while [ "$venter" -lt 25 ] && { i_live "$WEB" || i_live "$WORKER"; }; do
            sleep 0.2
            venter=$((venter + 1))
        done
    done
}

demo() {
    PORT=${PORT:-8000}
    mkdir -p var
    sikr_pakker demo
    kontroller_port
    rent_database=${DATABASE_URL:-}
    rent_miljoe
    if [ -n "$rent_database" ]; then export DATABASE_URL="$rent_database"; fi
    export DJANGO_SETTINGS_MODULE=socialaftale.settings.demo SOCIALAFTALE_VAR="$ROD/var/demo"
    # One demo per folder: two would share a database, and a new one would delete it under the other.
    exec 9>var/.demo.laas
    if har flock && ! flock -n 9; then fejl "En demo kører allerede i denne mappe. Stop den først (Ctrl-C)."; fi
    if [ "$1" = ny ]; then
        [ -z "$rent_database" ] || fejl "DATABASE_URL er sat, og den database sletter demo-ny ikke. Tøm den selv."
        sig "Sletter demoens data i var/demo"
        rm -rf var/demo
    fi
    sikr demo
    mkdir -p var/demo
    sig "Klargør database og demodata"
    "$PY" manage.py migrate --noinput >"$LOG" 2>&1 || vis_log "Databasen kunne ikke klargøres."
    saml_statiske_filer
    "$PY" manage.py lav_demo >"$LOG" 2>&1 || vis_log "Demoens data kunne ikke laves."

    # Sessions of their own: Ctrl-C reaches only this script, which then stops both in an orderly way.
    # shellcheck disable=SC2086 # words on purpose
    setsid $MED_OS "$PY" -m gunicorn socialaftale.wsgi:application --bind "127.0.0.1:$PORT" --workers 2 \
        --worker-class gthread --threads 4 --timeout 120 --graceful-timeout 4 --no-control-socket \
        </dev/null >>var/demo/web.log 2>&1 &
    WEB=$!
    # shellcheck disable=SC2086 # words on purpose
    setsid $MED_OS "$PY" manage.py db_worker --queue-name '*' --no-startup-delay --no-reload \
        </dev/null >>var/demo/worker.log 2>&1 &
    WORKER=$!
    trap 'stop_demo' EXIT
    trap 'stop_demo; sig "Demoen er stoppet."; exit 0' INT TERM HUP
    svarer || fejl "Demoen kunne ikke starte. Loggen (var/demo/web.log) slutter sådan:" "$(tail -n 20 var/demo/web.log)"
    cat <<TEKST

Socialaftale kører på http://127.0.0.1:$PORT/

  Log ind med adgangskoden socialaftale-demo som
    sekretariat@demo.example       sekretariatet
    oekonom.aalborg@demo.example   indberetter og godkender i Aalborg Kommune
    oekonom.region@demo.example    indberetter og godkender i Region Nordjylland
    das@demo.example               medlem af DAS
    laeser@demo.example            læser fra KKR

  Stop med Ctrl-C. Logge: var/demo/web.log og var/demo/worker.log. Forfra: ./run demo-ny
TEKST
    while i_live "$WEB" && i_live "$WORKER"; do sleep 1; done
    if i_live "$WEB"; then doed=worker; else doed=web; fi
    fejl "Demoen stoppede, fordi processen $doed sluttede. Loggen (var/demo/$doed.log) slutter sådan:" \
        "$(tail -n 20 "var/demo/$doed.log")"
}
