# What bench/run and bench/profile share: starting, stopping and loading the programs. Sourced.
# shellcheck shell=bash

export LC_ALL=C # EPOCHREALTIME and awk write numbers with a point
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=
loader=
started=()
declare -A pid_of port_of token_of

readonly connections=32
slice_seconds=5 least_slices=4 most_slices=12

# An adopted token must have 32 characters or more. All are obviously no real ones. The second one
# has every kind of limit, none of which it ever reaches.
token=kf_fake_bench_token_0000000000000000
limited_token=kf_fake_bench_token_1111111111111111
provider_key=sk-fake-bench-key

# What the bare copy and the upstream run with: ./keyfront's flags.
java_flags=(
  -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xss512k -XX:-UsePerfData
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
)

fail() { # EXIT_CODE MESSAGE…
  local code=$1
  shift
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit "$code"
}

say() {
  printf '%s\n' "$*" >&2
}

need() { # PROGRAM DEBIAN_PACKAGE
  command -v "$1" >/dev/null ||
    fail 2 "$1 is missing. Debian, Ubuntu: apt-get install $2"
}

need_tools() {
  [ "$(uname -s)" = Linux ] || fail 2 "needs Linux: it reads /proc and pins programs to cores."
  need wrk wrk
  need curl curl
  need taskset util-linux
  need mvn maven
  choose_java
}

# Debian keeps nginx out of the PATH of ordinary users.
need_nginx() {
  PATH=$PATH:/usr/sbin:/usr/local/sbin need nginx nginx-light
  nginx=$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx)
}

# --- starting and stopping ------------------------------------------------------------------

begin() {
  work=$(mktemp -d)
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

clean_up() {
  local pid
  trap - EXIT
  [ -z "$loader" ] || kill -TERM "$loader" 2>/dev/null || true
  for pid in "${started[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do gone "$pid" 5 || kill -KILL "$pid" 2>/dev/null || true; done
  [ -z "$work" ] || rm -rf "$work"
}

gone() { # PID SECONDS: waits for its end
  local deadline=$((SECONDS + $2))
  while kill -0 "$1" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.02
  done
}

stop() { # NAME
  local pid=${pid_of[$1]}
  kill -TERM "$pid" 2>/dev/null || true
  gone "$pid" 10 || kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

# The proxy under test has a core of its own, everything else shares the others.
choose_cores() {
  local cores=() range
  while IFS= read -r range; do
    mapfile -t -O "${#cores[@]}" cores < <(seq "${range%-*}" "${range#*-}")
  done < <(awk '/^Cpus_allowed_list/ { gsub(",", "\n", $2); print $2 }' /proc/self/status)
  proxy_core=${cores[-1]}
  load_cores=$proxy_core
  all_cores=$(IFS=,; printf '%s' "${cores[*]}")
  if [ "${#cores[@]}" -gt 1 ]; then
    load_cores=$(IFS=,; printf '%s' "${cores[*]:0:${#cores[@]}-1}")
  else
    say "Only one core: proxy, upstream and load generator share it, and the ratios blur."
  fi
}

free_port() { # prints a port of loopback that nobody listens on
  local port
  for _ in {1..50}; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s' "$port"; return; }
  done
  fail 1 "found no free port between 20000 and 32000."
}

start() { # NAME CORES COMMAND…: in the background, its messages in a file
  local name=$1 cores=$2
  shift 2
  taskset -c "$cores" "$@" >>"$work/$name.out" 2>>"$work/$name.log" &
  pid_of[$name]=$!
  started+=($!)
}

move() { # NAME CORES: all its threads, from now on
  taskset -acp "$2" "${pid_of[$1]}" >/dev/null
}

answers() ( # PORT PATH: whether GET is answered with any status line, or with the one given as $3
  exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET %s HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n' "$2" >&3
  read -r -t 2 line <&3 || exit 1
  [[ $line == "HTTP/1.1 ${3:-}"* ]]
)

await() { # NAME SECONDS PORT PATH [STATUS]
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  until answers "$@"; do
    if [ "$SECONDS" -ge "$deadline" ] || ! kill -0 "${pid_of[$name]}" 2>/dev/null; then
      tail -n 20 "$work/$name.log" >&2
      fail 1 "$name did not start; the end of its messages is above."
    fi
    sleep 0.01
  done
}

# --- the programs ---------------------------------------------------------------------------

build() {
  say "Building the benchmark's programs…"
  (cd "$root" && timeout 900 mvn -B -q -DskipTests -Dspotless.check.skip -pl bench -am package) >"$work/build.log" 2>&1 ||
    { cat "$work/build.log" >&2; fail 1 "the build failed."; }
}

build_keyfront() {
  [ -x "$root/keyfront" ] || fail 1 "$root/keyfront is missing: run this from a whole checkout."
  say "Building Keyfront, if need be…"
  (cd "$root" && "${clean_env[@]}" timeout 900 ./keyfront version >"$work/build.log" 2>&1) ||
    { cat "$work/build.log" >&2; fail 1 "./keyfront version failed."; }
}

# No provider key and no KEYFRONT_… setting of the person at the keyboard may take part.
clean_env=(env -i HOME="$HOME" PATH="$PATH")
[ -z "${JAVA_HOME:-}" ] || clean_env+=(JAVA_HOME="$JAVA_HOME")

start_upstream() { # GAP_MILLIS
  port_of[upstream]=$(free_port)
  port_of[direct]=${port_of[upstream]}
  start upstream "$load_cores" "$jdk/bin/java" "${java_flags[@]}" -cp "$root/bench/target/lib/*" \
    io.keyfront.bench.BenchUpstream "${port_of[upstream]}" "$1"
  await upstream 30 "${port_of[upstream]}" /
}

start_nginx() {
  port_of[nginx]=$(free_port)
  mkdir -p "$work/nginx"
  sed -e "s/@UPSTREAM@/${port_of[upstream]}/" -e "s/@LISTEN@/${port_of[nginx]}/" \
    "$root/bench/nginx.conf" >"$work/nginx/nginx.conf"
  start nginx "$proxy_core" "$nginx" -p "$work/nginx" -e stderr -c nginx.conf
  await nginx 10 "${port_of[nginx]}" /
}

start_bare() {
  port_of[bare]=$(free_port)
  start bare "$proxy_core" "$jdk/bin/java" "${java_flags[@]}" -cp "$root/bench/target/lib/*" \
    io.keyfront.bench.BareCopy "${port_of[bare]}" "${port_of[upstream]}"
  await bare 30 "${port_of[bare]}" /
}

keyfront_resources() { # one provider per protocol, both the fake upstream; one token for both
  mkdir -p "$work/resources"
  local provider
  for provider in chat:openai-chat messages:anthropic-messages; do
    cat <<YAML
---
apiVersion: keyfront.io/v1alpha1
kind: ProviderCredential
metadata: {name: bench-${provider%:*}}
spec:
  provider: bench-${provider%:*}
  endpoint: http://127.0.0.1:${port_of[upstream]}/v1
  protocol: ${provider#*:}
  auth: {apiKey: {secretRef: {name: bench, key: provider-key}}}
YAML
  done >"$work/resources/bench.yaml"
  cat >>"$work/resources/bench.yaml" <<YAML
---
apiVersion: keyfront.io/v1alpha1
kind: MachineToken
metadata: {name: bench}
spec:
  tokenFrom: {secretRef: {name: bench, key: token}}
  scopes: ["bench-chat:*", "bench-messages:*"]
---
apiVersion: keyfront.io/v1alpha1
kind: MachineToken
metadata: {name: limited}
spec:
  tokenFrom: {secretRef: {name: bench, key: limited-token}}
  scopes: ["bench-chat:*", "bench-messages:*"]
  limits: {requestsPerMinute: 1000000000, tokensPerMinute: 1000000000, concurrency: 100000}
  budget: {usd: "1000000", tokens: 1000000000000, window: Month}
---
apiVersion: keyfront.io/v1alpha1
kind: KeyfrontSettings
metadata: {name: keyfront, namespace: keyfront-system}
spec:
  prices:
    - {provider: bench-chat, model: "*", input: "3", output: "15"}
    - {provider: bench-messages, model: "*", input: "3", output: "15"}
---
apiVersion: v1
kind: Secret
metadata: {name: bench}
stringData: {provider-key: $provider_key, token: $token, limited-token: $limited_token}
YAML
}

# As a user starts it, with the default settings; the call records go to a file.
start_keyfront() { # CORES [NAME [OPTION…]]
  local cores=$1 name=${2:-keyfront}
  shift
  [ $# -eq 0 ] || shift
  port_of[$name]=$(free_port)
  port_of[management]=$(free_port)
  keyfront_resources
  start "$name" "$cores" "${clean_env[@]}" "$root/keyfront" serve --home "$work/home-$name" \
    --resources "$work/resources" --listen "127.0.0.1:${port_of[$name]}" \
    --management "127.0.0.1:${port_of[management]}" "$@"
  await "$name" 60 "${port_of[management]}" /readyz 200
}

# Not saved, so that no disk is measured; what it refuses to start with otherwise is set.
start_redis() {
  port_of[redis_server]=$(free_port)
  start redis_server "$load_cores" redis-server --port "${port_of[redis_server]}" --bind 127.0.0.1 \
    --save '' --maxmemory-policy noeviction
  local deadline=$((SECONDS + 10))
  until redis-cli -p "${port_of[redis_server]}" ping >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || fail 1 "redis-server did not start."
    sleep 0.05
  done
}

# For the upstream and the bare copy; Keyfront's launcher looks for its own.
choose_java() {
  local home
  for home in "${JAVA_HOME:-}" "$(readlink -f "$(command -v java || true)" | sed 's#/bin/java$##')" \
    /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -x "$home/bin/javac" ] && grep -qsE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$home/release"; then
      jdk=$home
      return
    fi
  done
  fail 2 "needs a JDK 25 or newer: set JAVA_HOME, or install temurin-25-jdk or openjdk-25-jdk."
}

# --- measuring ------------------------------------------------------------------------------

micros_per_tick=$((1000000 / $(getconf CLK_TCK)))

# CPU time that a process used since its start, all threads, user and system, in microseconds.
cpu_micros() { # PID
  local stat
  stat=$(<"/proc/$1/stat")
  set -- ${stat##*) } # the name before may hold anything; what follows begins with field 3
  printf '%s' $(((${12} + ${13}) * micros_per_tick))
}

# CPU time since boot that went neither into the programs started here nor into this script's
# ended children (wrk is one). It should stand still during a measurement.
foreign_micros() {
  local busy own=0 pid stat
  busy=$(awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 }' /proc/stat)
  for pid in "${started[@]}"; do
    [ ! -e "/proc/$pid/stat" ] || own=$((own + $(cpu_micros "$pid")))
  done
  stat=$(<"/proc/$$/stat")
  set -- ${stat##*) }
  printf '%s' $(((busy - ${12} - ${13} - ${14} - ${15}) * micros_per_tick - own))
}

rss_kib() { # PID
  awk '/^VmRSS/ { print $2 }' "/proc/$1/status"
}

jvm() { # NAME COMMAND…: to the running Java program
  local name=$1
  shift
  "$jdk/bin/jcmd" "${pid_of[$name]}" "$@" >"$work/jcmd.out" 2>&1 ||
    { cat "$work/jcmd.out" >&2; fail 1 "jcmd $1 failed on $name."; }
}

# Sets calls, micros, p50, p99 (microseconds). A figure with failed calls in it is no figure.
load() { # TARGET WORKLOAD CONNECTIONS SECONDS
  local result failed broken
  taskset -c "$load_cores" timeout $(($4 + 20)) wrk -t1 -c"$3" -d"$4"s --timeout 15s -s "$root/bench/workload.lua" \
    "http://127.0.0.1:${port_of[$1]}" -- "$2" "${token_of[$1]:-$token}" >"$work/wrk.out" 2>&1 &
  loader=$!
  wait "$loader" || { cat "$work/wrk.out" >&2; fail 1 "wrk failed."; }
  loader=
  result=$(grep '^RESULT ' "$work/wrk.out") || { cat "$work/wrk.out" >&2; fail 1 "wrk gave no result."; }
  read -r _ calls micros p50 p99 failed broken <<<"$result"
  [ "$failed" -eq 0 ] && [ "$broken" -eq 0 ] ||
    fail 1 "$1, $2: of $calls calls $failed got an error status and $broken broke; no figures then. Its last messages: $(tail -n 5 "$work/$1.log")"
}

# Load in slices until a call costs no longer 5 % less CPU than in the slice before: then the
# just-in-time compiler has done its work. Meanwhile the program may use all cores, so that its
# compiler does not wait for its event loop. Ends with 1 when it is still getting cheaper.
settle() { # PROXY WORKLOAD
  local slice before=0 cost settled=1
  move "$1" "$all_cores"
  for ((slice = 1; slice <= most_slices; slice++)); do
    cost=$(cpu_micros "${pid_of[$1]}")
    load "$1" "$2" "$connections" "$slice_seconds"
    cost=$((($(cpu_micros "${pid_of[$1]}") - cost) / (calls + 1)))
    if [ "$slice" -ge "$least_slices" ] && [ $((cost * 100)) -ge $((before * 95)) ]; then
      settled=0
      break
    fi
    before=$cost
  done
  move "$1" "$proxy_core"
  return "$settled"
}

# The proxies must do the same: each answer is compared with the upstream's own, byte by byte.
same_answers() { # TARGET
  local path answer
  for path in bench-chat/v1/chat/completions bench-messages/v1/messages; do
    for answer in direct "$1"; do
      curl -sS --max-time 10 -w '\n%{http_code}' -o - -H "authorization: Bearer ${token_of[$1]:-$token}" \
        -H 'content-type: application/json' -H 'anthropic-version: 2023-06-01' \
        -d '{"model":"bench-small","max_tokens":256,"stream":'"$([[ $path == *messages ]] && echo true || echo false)"',"messages":[{"role":"user","content":"hi"}]}' \
        "http://127.0.0.1:${port_of[$answer]}/$path" >"$work/answer.$answer" || true
    done
    cmp -s "$work/answer.direct" "$work/answer.$1" ||
      { head -c 600 "$work/answer.$1" >&2; fail 1 "$1 answers /$path otherwise than the upstream: see above."; }
  done
}
