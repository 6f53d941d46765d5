#!/usr/bin/env bash
# Put a private Asterisk 22 under $1; nothing outside of it changes. Takes a minute the first time.
# Needs mmdebstrap (script/lib.sh installs it for tests).
#   install.sh ROOT
set -euo pipefail
ROOT=$(realpath -m "$1")
SUITE=${SUITE:-forky}
[ ! -x "$ROOT/usr/sbin/asterisk" ] || exit 0
# the mirror this machine's apt already uses
lines=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true)
MIRROR=${DEBIAN_MIRROR:-$(grep -v '^ *#' <<<"$lines" | grep -oE 'https?://[^] ]+/debian/?( |$)' | sed -n '1{s/ //g;p;}')}
rm -rf "$ROOT.part"
mkdir -p "$(dirname "$ROOT")"
# unpacked only: no maintainer script runs, no package database and no chroot are needed. Signatures
# are checked; the date of the list is not, because mirrors and caches may lag.
mmdebstrap --quiet --mode=root --variant=extract --include=asterisk \
    --aptopt='Acquire::Check-Valid-Until "false"' \
    "$SUITE" "$ROOT.part" "$MIRROR" 2>&1 | grep -v 'skipping mounting' || true
test -x "$ROOT.part/usr/sbin/asterisk"
rm -rf "$ROOT.part"/usr/share/{doc,man,locale,perl,perl5} "$ROOT.part"/usr/lib/x86_64-linux-gnu/perl* "$ROOT.part"/var/cache/apt
mv "$ROOT.part" "$ROOT"
