#!/usr/bin/env bash
# Render the configuration into RUN/etc, start Asterisk on loopback, wait until it has booted.
#   start.sh ROOT RUN      ports by environment: AMI_PORT, AJAM_PORT, SIP_PORT, PROVIDER_PORT, PHONE1_PORT …
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(realpath "$1")
RUN=$(realpath -m "$2")
: "${AMI_PORT:=15038}" "${AJAM_PORT:=18088}" "${SIP_PORT:=15060}" "${PROVIDER_PORT:=15090}"
: "${PHONE1_PORT:=15071}" "${PHONE2_PORT:=15072}" "${PHONE3_PORT:=15073}"
MODS=$(dirname "$(find "$ROOT"/usr/lib -name pbx_config.so | head -n 1)")
mkdir -p "$RUN"/{etc,lib/moh,agi,spool/monitor,spool/voicemail,run,log/cdr-custom,log/cdr-csv}
for file in "$HERE"/etc/*.in; do
    sed -e "s#@ROOT@#$ROOT#g;s#@MODS@#$MODS#g;s#@RUN@#$RUN#g;s#@AMI_PORT@#$AMI_PORT#g" \
        -e "s#@AJAM_PORT@#$AJAM_PORT#g;s#@SIP_PORT@#$SIP_PORT#g;s#@PROVIDER_PORT@#$PROVIDER_PORT#g" \
        -e "s#@PHONE1_PORT@#$PHONE1_PORT#g;s#@PHONE2_PORT@#$PHONE2_PORT#g;s#@PHONE3_PORT@#$PHONE3_PORT#g" \
        "$file" >"$RUN/etc/$(basename "${file%.in}")"
done
# an attended transfer gives up when it cannot say its words: a tenth of a second of silence each
mkdir -p "$ROOT/usr/share/asterisk/sounds/en"
for word in pbx-transfer beep beeperr pbx-invalid; do
    head -c 800 /dev/zero | tr '\0' '\325' >"$ROOT/usr/share/asterisk/sounds/en/$word.alaw"
done
LIBS="$ROOT/usr/lib/x86_64-linux-gnu:$ROOT/lib/x86_64-linux-gnu:$ROOT/usr/lib"
for LD in "$ROOT"/usr/lib64/ld-linux-x86-64.so.2 "$ROOT"/lib/x86_64-linux-gnu/ld-*.so; do
    [ ! -x "$LD" ] || break
done
TZ=UTC "$LD" --library-path "$LIBS" "$ROOT/usr/sbin/asterisk" -f -C "$RUN/etc/asterisk.conf" \
    >>"$RUN/log/console.txt" 2>&1 </dev/null &
echo $! >"$RUN/asterisk.pid"
cat >"$RUN/rx" <<X
#!/usr/bin/env bash
exec "$LD" --library-path "$LIBS" "$ROOT/usr/sbin/asterisk" -C "$RUN/etc/asterisk.conf" -rx "\$*"
X
chmod +x "$RUN/rx"
for _ in $(seq 300); do
    ! "$RUN/rx" core waitfullybooted >/dev/null 2>&1 || exit 0
    kill -0 "$(cat "$RUN/asterisk.pid")" 2>/dev/null || {
        tail -n 20 "$RUN/log/console.txt" >&2
        exit 1
    }
    sleep 0.1
done
echo "Asterisk did not boot" >&2
exit 1
