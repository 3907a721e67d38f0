#!/usr/bin/env bash
# A board on a PostgreSQL server of its own on loopback, plain and with TLS, as whole processes, against psql: connecting
# alone, and connecting with the board's two queries. Usage: benches/postgres.sh BINARY [PROPOSALS...]
set -euo pipefail
binary=$(realpath "${1:?the binary}")
shift
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
bin=$(dirname "$(find /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)")
as=()
if [ "$(id -u)" = 0 ]; then
  chown nobody "$folder"
  chmod 755 "$folder"
  as=(setpriv --reuid=nobody --clear-groups)
fi
cd /
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -addext basicConstraints=critical,CA:FALSE -keyout "$folder/server.key" -out "$folder/server.crt" 2>/dev/null
[ "$(id -u)" != 0 ] || chown nobody "$folder"/server.*
"${as[@]}" "$bin/initdb" -D "$folder/data" -U owner -A trust --no-sync >/dev/null
"${as[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" -c listen_addresses=localhost -c ssl=on \
  -c ssl_cert_file="$folder/server.crt" -c ssl_key_file="$folder/server.key" >/dev/null 2>&1 &
server=$!
trap 'kill -INT $server; wait $server || true; rm -rf "$folder"' EXIT
# Debian's psql in the path is a script that looks for this one first.
psql="$bin/psql"
until "$psql" -h 127.0.0.1 -p "$port" -U owner -c 'SELECT 1' postgres >/dev/null 2>&1; do sleep 0.1; done
export MOVIENIGHT_OFFLINE=1 XDG_STATE_HOME="$folder/state" PGOPTIONS=
mkdir -p "$folder/state"

# Milliseconds of a command: the median of 21 runs.
median() {
  for _ in $(seq 21); do
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1
    echo $((($(date +%s%N) - start) / 1000))
  done | sort -n | sed -n 11p | awk '{ printf "%.1f", $1 / 1000 }'
}

for proposals in "${@:-10}"; do
  address="postgres://owner@localhost:$port/postgres?board=b$proposals"
  seq "$proposals" | awk '{ printf "tt%07d\n", $1 }' | "$binary" --db "$address" propose - --as Ana -q
  "$psql" -qh localhost -p "$port" -U owner postgres -c "INSERT INTO b$proposals.imdb_cache (imdb_id, cached_imdb_data, cached_at)
    SELECT imdb_id, '{\"title\":\"A title of some length\",\"year\":1994,\"genres\":[\"Drama\"],\"plot\":\"'
      || repeat('Somebody wants something, until it is too late. ', 3) || 'é' || '\"}', extract(epoch FROM now())::bigint FROM b$proposals.proposals"
  queries="SET search_path = b$proposals; SELECT p.*, c.* FROM proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id
    WHERE p.withdrawn_at IS NULL AND p.watched_at IS NULL ORDER BY p.id;
    SELECT id, NULL, removed_at, name, name_key FROM voters
    UNION ALL SELECT voter_id, proposal_id, voted_at, opinion, NULL FROM votes"
  for mode in disable verify-full; do
    export PGSSLMODE="$mode" PGSSLROOTCERT="$folder/server.crt"
    connect=$(median "$psql" -XqAt -h localhost -p "$port" -U owner postgres -c '')
    both=$(median "$psql" -XqAt -h localhost -p "$port" -U owner postgres -c "$queries")
    board=$(median "$binary" --db "$address" vote)
    echo "$proposals proposals, sslmode=$mode: psql connects in $connect ms, with the two queries $both ms; the board $board ms"
  done
done
