#!/usr/bin/env bash
# Times `movienight vote` as a whole process against `sqlite3 -readonly` reading the same two tables,
# in turn, and prints ratios, peak memory, queries, requests and the size of the binary.
#
# Needs hyperfine, sqlite3 and GNU time (Debian: apt-get install hyperfine sqlite3 time), and takes
# about two minutes. Read the ratios: seconds differ from machine to machine and from day to day.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
bin="$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/movienight"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME="$work/state" MOVIENIGHT_USER=Ana MOVIENIGHT_OFFLINE=0 MOVIENIGHT_SOURCES=imdbapi MOVIENIGHT_IMDBAPI_URL=http://127.0.0.1:9

fill() { # database, proposals, age of the data in seconds (none: no data)
  export MOVIENIGHT_DB="$1"
  seq -f 'tt%07.0f' 1 "$2" | "$bin" propose - --offline --quiet 2>/dev/null
  for name in Ben Cleo Dan; do "$bin" vote - --as "$name" --quiet < <(seq -f 'tt%07.0f' 1 "$2"); done
  [ -z "${3:-}" ] || sqlite3 "$1" "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source)
    SELECT imdb_id, json_object('title', 'The Movie of the Number ' || id, 'year', 1950 + id % 70, 'type', 'movie',
      'rating', 7.5, 'rating_count', 123456, 'runtime_minutes', 90 + id % 60, 'genres', json_array('Crime', 'Drama'),
      'directors', json_array('Somebody Known'), 'stars', json_array('One Star', 'Two Stars', 'Three Stars'), 'plot',
      'Somebody wants something, and somebody else does not, until in the end it is too late.', 'poster_url',
      'https://m.media-amazon.com/images/M/0123456789._V1_.jpg'), unixepoch() - $3, 'imdbapi' FROM proposals;"
}

# Median seconds of commands timed in turn, one a line.
medians() {
  hyperfine -N --warmup 20 --runs "$runs" --export-csv "$work/times.csv" "$@" >/dev/null 2>&1
  tail -n +2 "$work/times.csv" | awk -F, '{print $(NF-4)}'
}

# "name: a ms, b ms, ratio" for two commands.
compare() { # name, command, floor
  mapfile -t seconds < <(medians "$2" "$3")
  awk -v n="$1" -v a="${seconds[0]}" -v b="${seconds[1]}" 'BEGIN {printf "%-44s %8.2f ms %8.2f ms %6.2f\n", n, a*1e3, b*1e3, a/b}'
}

two_tables="SELECT p.*, c.* FROM proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id; SELECT v.*, n.name FROM votes v JOIN voters n ON n.id = v.voter_id;"
printf '%-44s %11s %11s %6s\n' "" movienight floor ratio
for proposals in 10 100 1000 10000; do
  runs=$((proposals > 1000 ? 40 : 200))
  fill "$work/$proposals.db" "$proposals" 60
  compare "board of $proposals, fresh / sqlite3" "$bin --db $work/$proposals.db vote" \
    "sqlite3 -readonly $work/$proposals.db '$two_tables'"
done
for _ in $(seq 10000); do "$bin" --db "$work/10.db" vote; done >/dev/null
runs=200
compare "board of 10 after 10,000 views / sqlite3" "$bin --db $work/10.db vote" \
  "sqlite3 -readonly $work/10.db '$two_tables'"
compare "--version / true" "$bin --version" "true"

fill "$work/stale.db" 10 90000
"$bin" --db "$work/stale.db" vote >/dev/null # starts the child that finds the network dead
sleep 1
compare "stale, dead network, again / fresh" "$bin --db $work/stale.db vote" "$bin --db $work/10.db vote"

echo
for proposals in 10 1000 10000; do
  memory=$(command time -f %M "$bin" --db "$work/$proposals.db" vote 2>&1 >/dev/null | tail -1)
  awk -v n="$proposals" -v k="$memory" 'BEGIN {printf "peak memory, board of %-6d %24.1f MiB\n", n, k/1024}'
done
awk -v b="$(stat -c %s "$bin")" 'BEGIN {printf "release binary %40.2f MiB\n", b/1048576}'
cargo test --quiet --test it a_board_takes_two_queries -- --nocapture 2>/dev/null | grep '^queries'
"$bin" --db "$work/1000.db" cache stats --json |
  sed -E 's/.*"api_requests":\{[^}]*"all":([0-9]+).*"board_ms":\{"count":([0-9]+).*/requests of the \2 fresh boards of 1,000: \1/'
export MOVIENIGHT_DB="$work/list.db"
start=$(date +%s%N)
seq -f 'tt%07.0f' 1 9742 | "$bin" propose - --offline --quiet 2>/dev/null
awk -v ns="$(($(date +%s%N) - start))" 'BEGIN {printf "propose - of 9,742 ids, offline %22.2f s\n", ns/1e9}'
