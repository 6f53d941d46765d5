#!/usr/bin/env bash
# Run SIPp on loopback with one of our scenarios, LIMIT seconds at most. TALK: milliseconds until a
# telephone that hangs up does so; NOTE: file for the dialogue it is in.
#   sippx.sh SCENARIO LOCAL_PORT [SIPp's own options…]
HERE=$(cd "$(dirname "$0")" && pwd)
scenario=$1 port=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed -e "s#@DIR@#$HERE/sipp#g;s#@TALK@#${TALK:-2000}#g;s#@NOTE@#${NOTE:-/dev/null}#g" "$HERE/sipp/$scenario.xml" >"$folder/$scenario.xml"
cd "$folder" || exit 1
# in the foreground: it stays in the group of processes that the test ends
timeout --foreground "${LIMIT:-30}" sipp -sf "$folder/$scenario.xml" -i 127.0.0.1 -mi 127.0.0.1 -p "$port" -nostdin -aa "$@" \
    >out.txt 2>err.txt
code=$?
[ $code = 0 ] || {
    echo "sipp $scenario ended with $code"
    tail -n 5 err.txt
    cat ./*errors.log 2>/dev/null | head -n 40
}
[ -z "${STATS:-}" ] || cat out.txt >"$STATS"
exit $code
