# Turns the facts of bench/run into tables, verdicts on the targets and one line of JSON.
# Variables: json, the file to append to; check, 1 to end with 1 when a target is missed.
# Facts: fact KEY TEXT…, start MILLIS, rss PROXY KIB, allocation WORKLOAD PROXY BYTES,
# unsettled PROXY WORKLOAD, records CALLS WRITTEN, and sample ROUND WORKLOAD PROXY CONNECTIONS CALLS MICROS CPU_MICROS P50 P99
# FOREIGN_CPU_MICROS.

$1 == "fact" { key = $2; sub(/^fact [^ ]+ /, ""); facts[++fact_count] = key; text[key] = $0 }
$1 == "start" { add("start", $2 / 1000) }
$1 == "unsettled" { unsettled = unsettled (unsettled ? ", " : "") $2 " " $3 }
$1 == "rss" { rss[$2] = $3 / 1024 }
$1 == "allocation" { allocation[$2, $3] = $4 / 1024 }
$1 == "records" { record_calls += $2; records += $3 }
$1 == "sample" {
  seen[$4] = 1
  series = $3 SUBSEP $4 SUBSEP $5
  add("rate" SUBSEP series, $6 / ($7 / 1e6))
  add("p50" SUBSEP series, $9 / 1000)
  add("p99" SUBSEP series, $10 / 1000)
  if ($11 / $7 > foreign) foreign = $11 / $7
  if ($5 > 1) {
    add("cpu" SUBSEP series, $8 / $6)
    cpu[$3, $4, $2] = $8 / $6
    rounds = $2
    connections = $5
  }
}

function add(series, value) { values[series, ++count[series]] = value }

function median(series,    n, i, j, sorted, moved) {
  n = count[series]
  for (i = 1; i <= n; i++) {
    moved = values[series, i]
    for (j = i - 1; j >= 1 && sorted[j] > moved; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = moved
  }
  return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

# Neighbours in time are compared, then the median is taken: a slow spell hits both alike.
function ratio(workload, proxy, other,    name, round) {
  name = "ratio" SUBSEP workload SUBSEP proxy SUBSEP other
  if (!count[name])
    for (round = 1; round <= rounds; round++) add(name, cpu[workload, proxy, round] / cpu[workload, other, round])
  return median(name)
}

function spread(workload, proxy, other,    name, i, low, high) {
  name = "ratio" SUBSEP workload SUBSEP proxy SUBSEP other
  low = high = values[name, 1]
  for (i = 2; i <= count[name]; i++) {
    if (values[name, i] < low) low = values[name, i]
    if (values[name, i] > high) high = values[name, i]
  }
  return sprintf("%.2f-%.2f", low, high)
}

function figure(name, workload, proxy, conns) { return median(name SUBSEP workload SUBSEP proxy SUBSEP conns) }

function has(name, workload, proxy, conns) { return count[name, workload, proxy, conns] > 0 }

function table(workload, title,    i, proxy) {
  printf "\n%s\n", title
  printf "%-11s %9s %12s %9s %8s %10s %10s %10s %10s %11s\n", "", "calls/s", "CPU us/call", "to nginx", "to bare",
    "p50 ms", "p99 ms", "p50 c=1", "p99 c=1", "KiB/call"
  for (i = 1; i <= 6; i++) {
    proxy = order[i]
    if (!(proxy in seen) || (proxy == "direct" && !has("p50", workload, proxy, 1))) continue
    if (proxy == "direct") {
      printf "%-11s %9s %12s %9s %8s %10s %10s", names[proxy], "", "", "", "", "", ""
    } else {
      printf "%-11s %9.0f %12.1f %8.2fx %7.2fx %10.2f %10.2f", names[proxy],
        figure("rate", workload, proxy, connections), figure("cpu", workload, proxy, connections),
        ratio(workload, proxy, "nginx"), ratio(workload, proxy, "bare"),
        figure("p50", workload, proxy, connections), figure("p99", workload, proxy, connections)
    }
    if (has("p50", workload, proxy, 1))
      printf " %10.2f %10.2f", figure("p50", workload, proxy, 1), figure("p99", workload, proxy, 1)
    else
      printf " %10s %10s", "", ""
    printf " %11s\n", ((workload, proxy) in allocation) ? sprintf("%.1f", allocation[workload, proxy]) : ""
  }
}

function target(what, value, limit, unit, detail,    verdict) {
  verdict = value <= limit ? "met" : "MISSED"
  if (value > limit) missed++
  printf "  %-44s %6.2f%s  target <= %.1f%s  %-6s  %s\n", what, value, unit, limit, unit, verdict, detail
}

function ratio_target(workload, proxy, other, limit) {
  target(workload ": " names[proxy] " to " names[other], ratio(workload, proxy, other), limit, "x",
    "rounds " spread(workload, proxy, other))
}

function targets(    i) {
  printf "\nTargets: CPU per call, and the start\n"
  for (i = 1; i <= 3; i++) {
    ratio_target(workloads[i], "keyfront", "nginx", 1.7)
    ratio_target(workloads[i], "keyfront", "bare", 1.3)
    ratio_target(workloads[i], "limits", "nginx", 1.9)
    ratio_target(workloads[i], "redis", "nginx", 2.5)
  }
  target("start: return pressed to 200 on /readyz", median("start"), 1.0, " s", "median of " count["start"])
  if (records < record_calls) {
    missed++
    printf "  MISSED: %d call records for %d calls; the figures above were not with everything on.\n", records, record_calls
  } else {
    printf "  %d calls completed under measurement, %d call records written (calls cut off at the end have one too).\n",
      record_calls, records
  }
}

function quoted(string) { gsub(/["\\]/, " ", string); return "\"" string "\"" }

function write_json(    i, j, k, line, name, separator) {
  line = "{"
  for (i = 1; i <= fact_count; i++) line = line quoted(facts[i]) ":" quoted(text[facts[i]]) ","
  if (count["start"]) line = line sprintf("\"startSeconds\":%.3f,", median("start"))
  line = line sprintf("\"foreignCores\":%.3f,", foreign)
  line = line "\"figures\":["
  for (i = 1; i <= 3; i++)
    for (j = 1; j <= 6; j++)
      for (k = 1; k <= connections; k += connections - 1)
        if (has("p50", workloads[i], order[j], k)) {
          line = line separator figure_json(workloads[i], order[j], k)
          separator = ","
        }
  print line "]}" >> json
}

function figure_json(workload, proxy, conns,    line) {
  line = sprintf("{\"workload\":\"%s\",\"proxy\":\"%s\",\"connections\":%d,\"callsPerSecond\":%.1f,\"p50Millis\":%.3f,\"p99Millis\":%.3f",
    workload, proxy, conns, figure("rate", workload, proxy, conns), figure("p50", workload, proxy, conns), figure("p99", workload, proxy, conns))
  if (has("cpu", workload, proxy, conns))
    line = line sprintf(",\"cpuMicrosPerCall\":%.2f,\"toNginx\":%.3f,\"toBareCopy\":%.3f,\"rssMiB\":%.0f",
      figure("cpu", workload, proxy, conns), ratio(workload, proxy, "nginx"), ratio(workload, proxy, "bare"), rss[proxy])
  if (conns > 1 && (workload, proxy) in allocation)
    line = line sprintf(",\"allocatedKiBPerCall\":%.2f", allocation[workload, proxy])
  return line "}"
}

END {
  split("direct nginx bare keyfront limits redis", order)
  split("chat paced messages", workloads)
  names["direct"] = "no proxy"; names["nginx"] = "nginx"; names["bare"] = "bare copy"; names["keyfront"] = "Keyfront"
  names["limits"] = "all limits"; names["redis"] = "with Redis"
  for (i = 1; i <= fact_count; i++) printf "%-7s %s\n", facts[i], text[facts[i]]
  table("chat", "chat: 1 KB request, 0.4 KB JSON answer, " connections " connections")
  table("paced", "paced: chat at one rate, each of " connections " connections rests 5 to 13 ms between two calls")
  table("messages", "messages: 115 KB request, 200 events streamed back, " connections " connections")
  printf "\nResident memory afterwards:"
  for (i = 2; i <= 6; i++) if (order[i] in rss && order[i] != "limits") printf "  %s %.0f MiB", names[order[i]], rss[order[i]]
  printf "\n"
  printf "Other programs took up to %.0f %% of one core during a measurement.%s\n", 100 * foreign,
    (foreign > 0.1 ? " TOO MUCH: repeat on a quiet machine before you believe a figure." : "")
  if (unsettled) printf "Not warm when measured: %s.\n", unsettled
  if ("keyfront" in seen) targets()
  write_json()
  close(json)
  printf "\nAppended to %s\n", json
  if (missed) printf "%d MISSED\n", missed
  exit (missed && check) ? 1 : 0
}
