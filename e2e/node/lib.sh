# shellcheck shell=bash
# What the scenarios of e2e/cluster share.

now() { printf '%s' "${EPOCHREALTIME/[.,]/}"; } # microseconds

say() { # TEXT…: a line of the report, with the time since the start
  printf 'cluster %6.1f s  %s\n' "$(awk -v a="$begun" -v b="$(now)" 'BEGIN{print (b-a)/1e6}')" "$*" | tee -a "$out/report.txt"
}

fail() {
  say "FAILED: $*"
  exit 1
}

seconds_since() { awk -v a="$1" -v b="$(now)" 'BEGIN{printf "%.2f", (b-a)/1e6}'; }

within() { # SECONDS WHAT COMMAND…: until the command succeeds; prints nothing; $took is how long it was
  local limit=$1 what=$2 start; shift 2
  start=$(now)
  until "$@" >/dev/null 2>&1; do
    [ "$(($(now) - start))" -lt "$((limit * 1000000))" ] || fail "$what: not within $limit s"
    sleep 0.05
  done
  took=$(seconds_since "$start")
}

at_most() { # FIGURE LIMIT WHAT
  awk -v a="$1" -v b="$2" 'BEGIN{exit !(a <= b)}' || fail "$3: $1, and at most $2 was promised"
}

promised() { # SECONDS LIMIT: for the report; a busy machine may miss it, so it ends no run
  awk -v a="$1" -v b="$2" -v load="$(cut -d' ' -f1 /proc/loadavg)" 'BEGIN{print a <= b ? "(promised: " b " s)" : "(promised: " b " s, MISSED at a load of " load ")"}'
}

kube() { "$kube" "$@"; }
ctl() { "$kube" ctl "$@"; }
in_net() { "$kube" in "$@"; }

is_ready() { # TYPE/NAME NAMESPACE: by its condition
  [ "$(ctl -n "$2" get "$1" -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}')" = True ]
}

loaded_by() { # TYPE/NAME NAMESPACE N/N
  is_ready "$1" "$2" && [ "$(ctl -n "$2" get "$1" -o jsonpath='{.status.loadedBy}')" = "$3" ]
}

rolled_out() { # DEPLOYMENT NAMESPACE
  ctl -n "$2" rollout status "deployment/$1" --timeout=1s
}

live_proxies() { # NAME ADDRESS of each that is not on its way out
  ctl -n keyfront get pods -l app.kubernetes.io/component=proxy -o go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}} {{.status.podIP}}{{"\n"}}{{end}}{{end}}'
}
proxies_are() { # COUNT, all ready, none on its way out
  [ "$(ctl -n keyfront get pods -l app.kubernetes.io/component=proxy -o go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{range .status.conditions}}{{if eq .type "Ready"}}{{.status}} {{end}}{{end}}{{else}}leaving {{end}}{{end}}' | tr -s ' ' '\n' | grep -c True)" = "$1" ]
}

nobody_leaves() { [ -z "$(ctl -n keyfront get pods -l app.kubernetes.io/component=proxy -o go-template='{{range .items}}{{if .metadata.deletionTimestamp}}x{{end}}{{end}}')" ]; }

secret_value() { ctl -n "$1" get secret "$2" -o "jsonpath={.data.${3//./\\.}}" | base64 -d; } # NAMESPACE NAME KEY

load() { # NAME SECRET CLIENTS CALLS MODEL FAULT
  sed -e "s#@NAME@#$1#; s#@SECRET@#$2#; s#@CLIENTS@#$3#; s#@CALLS@#$4#; s#@MODEL@#$5#; s#@FAULT@#$6#" "$here/node/load.yaml" | ctl apply -f - >/dev/null
}

failures() { ctl -n agents logs "$1" | grep -c '^failure' || true; }
answered() { ctl -n agents logs "$1" --tail=50 | grep -E '^(load|end) ' | tail -1 | sed -n 's/.*[{ ]200=\([0-9]*\).*/\1/p'; }
calling() { [ "$(answered "$1")" -gt "${2:-0}" ]; }

expect_no_failure() { # LOAD BEFORE WHAT
  local after
  after=$(failures "$1")
  [ "$after" = "$2" ] || { ctl -n agents logs "$1" | grep '^failure' | tail -5; fail "$3: $((after - $2)) calls failed"; }
}

bill() { in_net curl -sk "https://$(ctl -n provider get service provider -o jsonpath='{.spec.clusterIP}')/__totals"; }

rss_mib() { # WORDS OF THE COMMAND LINE: resident memory of the newest such process
  local pid
  pid=$(pgrep -nf -- "$1") && awk '/^VmRSS/{printf "%d", $2/1024}' "/proc/$pid/status"
}
