# shellcheck shell=bash
# Functions shared by script/*: they bring a Debian machine to the point where Odoo runs.
# Every step checks first what is there already, so that calling them again costs a moment.
#
# Environment:
#   ODOO_SOURCE   deb (default): Debian's package, pinned in odoo.lock and unpacked under .local/
#                 nightly | tar:/file.tar.gz | git | git:/checkout | path:/directory (holds odoo/release.py)
#   DATABASE_URL  postgresql://user:password@host:port/[?sslmode=…] replaces the embedded cluster
#   SUITE_LOCAL   where everything generated lives (default: .local beside script/)
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin # a plain user has no sbin (runuser, ldconfig, nginx)
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
LOCAL=${SUITE_LOCAL:-$ROOT/.local}
VENV=$LOCAL/venv
mkdir -p "$LOCAL"
# shellcheck source=../odoo.lock
. "$ROOT/odoo.lock"
ODOO_SOURCE=${ODOO_SOURCE:-deb}
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
export PATH=$ROOT/tools/pdf:$VENV/bin:$PATH
export ODOO_RC=$LOCAL/odoo.conf
export PYTHONDONTWRITEBYTECODE=${PYTHONDONTWRITEBYTECODE:-}

say() { printf '\e[1m== %s\e[0m\n' "$*" >&2; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}
is_root() { [ "$(id -u)" = 0 ]; }
# Run a command quietly; show what it printed only when it fails.
quietly() {
    local log
    log=$LOCAL/log/$1.log
    shift
    mkdir -p "$LOCAL/log"
    "$@" >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        die "'$*' failed; the whole output is in $log"
    }
}

# ---------------------------------------------------------------- system packages
missing_packages() {
    local need=()
    "$(python)" -c 'import venv, ensurepip' 2>/dev/null || need+=(python3-venv)
    [ -n "${DATABASE_URL:-}" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
    command -v psql >/dev/null || need+=(postgresql-client)
    command -v runuser >/dev/null || need+=(util-linux)
    command -v dpkg-deb >/dev/null || need+=(dpkg)
    command -v nginx >/dev/null || need+=(nginx-light)
    command -v chromium >/dev/null || need+=(chromium)
    [ -e "$KEYRING" ] || need+=(debian-archive-keyring)
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || need+=(fonts-dejavu-core)
    [[ $(ldconfig -p 2>/dev/null) == *libmagic.so.1* ]] || need+=(libmagic1)
    [ "${1:-}" != test ] || command -v pdftoppm >/dev/null || need+=(poppler-utils)
    [ "${1:-}" != test ] || command -v git >/dev/null || need+=(git)
    # a private Asterisk and its telephones (tests/telephony)
    [ "${1:-}" != test ] || command -v mmdebstrap >/dev/null || need+=(mmdebstrap)
    [ "${1:-}" != test ] || command -v sipp >/dev/null || need+=(sip-tester)
    # the mail tests fetch from a real IMAP server
    [ "${1:-}" != test ] || command -v dovecot >/dev/null || need+=(dovecot-imapd)
    echo "${need[*]}"
}

# The only step that wants root; nothing happens when all packages are there.
step_system() {
    local need sudo=
    need=$(missing_packages "${1:-}")
    [ -n "$need" ] || return 0
    is_root || {
        command -v sudo >/dev/null || die "missing system packages, run as root: apt-get install --no-install-recommends $need"
        sudo=sudo
    }
    say "system packages: $need"
    # keep Debian from creating and starting a cluster and a web server of its own
    $sudo mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | $sudo tee /etc/postgresql-common/createcluster.d/zz-no-main.conf >/dev/null
    local policy=/usr/sbin/policy-rc.d made=
    [ -e $policy ] || {
        made=1
        printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null
        $sudo chmod 755 $policy
    }
    quietly apt-update $sudo apt-get -o DPkg::Lock::Timeout=300 update -q
    # shellcheck disable=SC2086
    quietly apt-install $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -o DPkg::Lock::Timeout=300 -y -q --no-install-recommends $need
    [ -z "$made" ] || $sudo rm -f $policy
}

# ---------------------------------------------------------------- Odoo
# The mirror is the one this machine's apt already uses.
debian_mirror() {
    local lines
    # one of the two places may be missing: cat complains, what it found counts
    lines=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true)
    grep -v '^ *#' <<<"$lines" | grep -oE 'https?://[^] ]+/debian/?( |$)' | sed -n '1{s/ //g;p;}'
}
# apt with sources, lists and cache of its own; the machine's stay as they are.
isolated_apt() {
    local sub=$1 dir=$LOCAL/apt
    shift
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    local suite
    for suite in $DEB_SUITE $DEB_ASSETS_SUITE; do
        echo "deb [signed-by=$KEYRING] ${DEBIAN_MIRROR:-$(debian_mirror)} $suite main"
    done >"$dir/sources.list"
    apt-get "$sub" -q -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir/cache" -o Dir::State::status=/dev/null \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}
download_debs() {
    mkdir -p "$LOCAL/debs"
    cd "$LOCAL/debs"
    isolated_apt update
    if isolated_apt download "$DEB_PACKAGE=$DEB_VERSION"; then
        echo "$DEB_SHA256  $(ls "${DEB_PACKAGE}"_*.deb)" | sha256sum -c --quiet
    else
        printf 'WARNING: %s=%s is gone from %s; taking the newest of series 19.0 there\n' \
            "$DEB_PACKAGE" "$DEB_VERSION" "$DEB_SUITE"
        isolated_apt download "$DEB_PACKAGE"
        ls "${DEB_PACKAGE}"_19.0* || return 1
    fi
    local asset
    for asset in $DEB_ASSETS; do isolated_apt download "$asset/$DEB_ASSETS_SUITE"; done
}
unpack_debs() {
    rm -f "$LOCAL"/debs/*.deb
    (download_debs)
    local deb
    for deb in "$LOCAL"/debs/*.deb; do dpkg-deb -x "$deb" "$LOCAL/odoo"; done # one prefix: relative links resolve
    ln -s usr/lib/python3/dist-packages "$LOCAL/odoo/dist"
    rm -rf "$LOCAL"/odoo/dist/{addons,setup,doc} # python-only duplicates of odoo/addons
    # Stripped by Debian but still named by a manifest: each backend page would log a console error.
    local stub=$LOCAL/odoo/dist/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    [ -e "$stub" ] || {
        mkdir -p "${stub%/*}"
        echo '/* not in the Debian package; only blurs the background of video calls */' >"$stub"
    }
}
step_odoo() {
    local done_mark
    done_mark=$LOCAL/odoo/.done-$(printf '%s' "$ODOO_SOURCE" "$DEB_VERSION" | sha256sum | cut -c1-12)
    [ -e "$done_mark" ] && return
    say "Odoo 19.0 from $ODOO_SOURCE"
    rm -rf "$LOCAL/odoo"
    mkdir -p "$LOCAL/odoo"
    case $ODOO_SOURCE in
    deb)
        quietly odoo-deb unpack_debs
        grep -h '^WARNING' "$LOCAL/log/odoo-deb.log" >&2 || true
        ;;
    nightly | tar:*)
        local tarball=${ODOO_SOURCE#tar:}
        [ "$ODOO_SOURCE" != nightly ] || {
            tarball=$LOCAL/odoo.tar.gz
            quietly odoo-nightly curl -fL -o "$tarball" "${ODOO_NIGHTLY_URL:?set ODOO_NIGHTLY_URL to the tarball}"
        }
        mkdir "$LOCAL/odoo/dist"
        tar xzf "$tarball" -C "$LOCAL/odoo/dist" --strip-components=1
        ;;
    git) quietly odoo-git git clone --depth 1 -b 19.0 "${ODOO_GIT_URL:?set ODOO_GIT_URL to the repository}" "$LOCAL/odoo/dist" ;;
    git:* | path:*) ln -s "$(readlink -f "${ODOO_SOURCE#*:}")" "$LOCAL/odoo/dist" ;;
    *) die "ODOO_SOURCE=$ODOO_SOURCE is none of deb, nightly, tar:FILE, git, git:DIR, path:DIR" ;;
    esac
    test -f "$LOCAL/odoo/dist/odoo/release.py" || die "no Odoo in $ODOO_SOURCE"
    local broken
    broken=$(find "$LOCAL/odoo/" -xtype l | wc -l)
    [ "$broken" = 0 ] || say "WARNING: $broken links in the Odoo tree lead nowhere: some icons or fonts will be missing"
    touch "$done_mark"
    rm -f "$VENV"/.done-*
}

# ---------------------------------------------------------------- Python
# The interpreter: 3.10 to 3.13 (Odoo 19.0), Debian 12 has 3.11.
python() { echo "${PYTHON:-$(command -v python3.11 || command -v python3)}"; }
pip_install() { # FILE [FLAG…]: install a hash-pinned file once
    local file=$1 mark
    shift
    mark=$VENV/.done-$(basename "$file" .txt)-$(sha256sum "$file" | cut -c1-16)
    [ -e "$mark" ] && return
    say "Python packages of $(basename "$file")"
    quietly "pip-$(basename "$file" .txt)" "$VENV/bin/pip" install -q --disable-pip-version-check \
        --no-deps --require-hashes -r "$file" "$@"
    touch "$mark"
}
# Make `import odoo` work and give pip a distribution called odoo: OCA wheels ask for odoo==19.0.*
register_odoo() {
    local site info dist
    dist=$(readlink -f "$LOCAL/odoo/dist")
    site=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    [ "$(cat "$site/odoo.pth" 2>/dev/null)" = "$dist" ] && return
    echo "$dist" >"$site/odoo.pth"
    info=$site/odoo-19.0.dist-info
    mkdir -p "$info"
    printf 'Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n' >"$info/METADATA"
    echo script >"$info/INSTALLER"
    : >"$info/RECORD"
    rm -rf "$dist"/odoo-19.0.egg-info
    printf '#!%s\nimport odoo.cli\nodoo.cli.main()\n' "$VENV/bin/python" >"$VENV/bin/odoo"
    chmod +x "$VENV/bin/odoo"
    "$VENV/bin/python" -c 'import odoo.release as r; assert r.series == "19.0", r.series' ||
        die "the Odoo in $dist is not of series 19.0"
}
step_venv() { # [dev]
    [ -x "$VENV/bin/python" ] || "$(python)" -m venv "$VENV"
    pip_install "$ROOT/requirements.txt"
    register_odoo
    pip_install "$ROOT/requirements-oca.txt"
    [ "${1:-}" != dev ] || pip_install "$ROOT/requirements-dev.txt"
}

# ---------------------------------------------------------------- PostgreSQL
pg_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
pg_user() { id -u postgres >/dev/null 2>&1 && echo postgres || echo nobody; }
as_pg() { if is_root; then (cd / && runuser -u "$(pg_user)" -- "$@"); else "$@"; fi; }
# PostgreSQL refuses root, and its user must be able to reach the directory (/root is 0700)
pg_dir() {
    local dir=$LOCAL/pg
    if is_root && ! as_pg test -x "$LOCAL"; then
        dir=/var/lib/dealer-suite-$(printf '%s' "$ROOT" | sha256sum | cut -c1-8)
    fi
    # a socket's path may have 107 bytes
    [ ${#dir} -lt 85 ] || dir=/tmp/dealer-suite-$(printf '%s' "$ROOT" | sha256sum | cut -c1-8)
    echo "$dir"
}
step_pg() {
    [ -z "${DATABASE_URL:-}" ] || return 0
    local bin dir
    bin=$(pg_bin)
    dir=$(pg_dir)
    if [ ! -s "$dir/data/PG_VERSION" ]; then
        say "PostgreSQL cluster in $dir"
        mkdir -p "$dir"
        ! is_root || chown "$(pg_user)" "$dir"
        quietly initdb as_pg "$bin/initdb" -D "$dir/data" -U odoo -A trust -E UTF8 --locale=C.UTF-8 --no-sync
        as_pg mkdir -p "$dir/run"
        sed "s#@RUN@#$dir/run#" "$ROOT/config/postgresql.conf" | as_pg tee -a "$dir/data/postgresql.conf" >/dev/null
    fi
    as_pg "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1 ||
        as_pg "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -s start >/dev/null
}
# PGHOST, PGPORT, PGUSER, PGPASSWORD, PGSSLMODE for psql, createdb, pg_dump and pytest's workers
pg_env() {
    if [ -n "${DATABASE_URL:-}" ]; then
        eval "$("$(python)" "$ROOT/tools/dsn.py" "$DATABASE_URL")"
    else
        PGHOST=$(pg_dir)/run PGPORT=5432 PGUSER=odoo
    fi
    export PGHOST PGPORT PGUSER
}
has_db() { psql -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = '$1'" | grep -q 1; }

# ---------------------------------------------------------------- configuration
step_conf() {
    pg_env
    {
        sed -e "s#@ADDONS@#$ROOT/addons#" -e "s#@DATA@#$LOCAL/data#" -e "s#@PGHOST@#$PGHOST#" \
            -e "s#@PGPORT@#$PGPORT#" -e "s#@PGUSER@#$PGUSER#" "$ROOT/config/odoo.conf"
        [ -z "${PGPASSWORD:-}" ] || echo "db_password = $PGPASSWORD"
        [ -z "${PGSSLMODE:-}" ] || echo "db_sslmode = $PGSSLMODE"
    } >"$ODOO_RC.$$"
    mv "$ODOO_RC.$$" "$ODOO_RC"
}

# Everything a command of the suite needs: prepare [test]
prepare() {
    step_system "${1:-}"
    step_odoo
    step_venv "${1:+dev}"
    step_pg
    step_conf
}
