# shellcheck shell=bash
# The scenarios of e2e/cluster, in its order. Each says what it saw.

make_images() {
  kube base-image localhost/keyfront-base:e2e "$out/base.tar" >/dev/null
  (cd "$root" && nice -n 5 images/build -Dimage.base="tar://$out/base.tar" -Dimage.tag=e2e) >"$out/images.txt" 2>&1 || fail "the images were not built: see $out/images.txt"
  grep MiB "$out/images.txt" | while read -r line; do say "image $line"; done
}

# A bill of materials beside each, that names what is in it; no shell in any that users get.
check_images() {
  local name target
  for name in operator dataplane; do
    target=$root/images/$name/target
    python3 "$here/node/image.py" "$target"/keyfront-*.tar >"$out/image-$name.txt" || fail "the image of $name: $(tr '\n' ' ' <"$out/image-$name.txt")"
    python3 -c 'import json,sys; bom = json.load(open(sys.argv[1])); sys.exit(bom["bomFormat"] != "CycloneDX" or len(bom["components"]) < 20)' "$target/sbom.cdx.json" || fail "the bill of materials of $name is missing, or nearly empty"
  done
  say "images: no shell, not root, a bill of materials beside each"
}

load_images() {
  say "the node is up"
  check_images
  local archive
  for archive in "$root"/images/*/target/keyfront-*.tar; do kube load "$archive" >/dev/null; done
  kube redis-image >/dev/null 2>&1
  # A volume that Redis may write to although it is not root.
  local volumes=${KEYFRONT_KUBE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/keyfront-kube}/run/volumes
  mkdir -p "$volumes/redis" && chown 65532:65532 "$volumes/redis"
  kube pv redis 1Gi >/dev/null
  say "images are on the node"
}

certificates() { # of the provider, by an authority that only the proxies are told of
  (cd "$out" && openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=e2e-provider-ca
    openssl req -newkey rsa:2048 -nodes -keyout tls.key -out tls.csr -subj /CN=provider
    openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out tls.crt -days 2 -extfile <(echo subjectAltName=DNS:provider.provider.svc)) >/dev/null 2>&1
}

values=(--set image.tag=e2e --set image.pullPolicy=Never --set redis.image=localhost/redis:test
  --set proxy.upstreamCa.configMap=provider-ca --set proxy.withdrawSeconds=5 --set proxy.tokenReview.enabled=true
  # The pods' share of a busy machine.
  --set proxy.resources.requests.cpu=300m --set operator.resources.requests.cpu=200m --set redis.resources.requests.cpu=200m
  # A start cache that cannot be used ends the pod instead of slowing it.
  --set 'proxy.extraEnv[0].name=JDK_JAVA_OPTIONS' --set 'proxy.extraEnv[0].value=-XX:AOTMode=on')

install() {
  certificates
  ctl create namespace provider >/dev/null
  ctl create namespace agents >/dev/null
  ctl -n provider create secret tls provider-tls --cert "$out/tls.crt" --key "$out/tls.key" >/dev/null
  ctl apply -f "$here/node/provider.yaml" >/dev/null
  local start
  start=$(now)
  kube helm install keyfront "$root/charts/keyfront" -n keyfront-system --create-namespace "${values[@]}" >"$out/install.txt" 2>&1 || { cat "$out/install.txt"; fail "helm install"; }
  ctl -n keyfront create configmap provider-ca --from-file="$out/ca.crt" >/dev/null
  within 60 "the operator" rolled_out keyfront-operator keyfront-system
  say "operator ready $(seconds_since "$start") s after helm install began"
  within 60 "the proxies" rolled_out keyfront-proxy keyfront
  say "proxies ready $(seconds_since "$start") s after helm install began"
}

pod_start() { # NAMESPACE COMPONENT LIMIT: of the newest pod, from its container's start to Ready, in whole seconds as the kubelet notes them
  local pods started ready
  pods=(ctl -n "$1" get pods -l "app.kubernetes.io/component=$2" --sort-by=.metadata.creationTimestamp)
  started=$("${pods[@]}" -o jsonpath='{.items[-1:].status.containerStatuses[0].state.running.startedAt}')
  ready=$("${pods[@]}" -o jsonpath='{.items[-1:].status.conditions[?(@.type=="Ready")].lastTransitionTime}')
  say "$2: by its own clock $(ctl -n "$1" logs "$("${pods[@]}" -o jsonpath='{.items[-1:].metadata.name}')" | grep -oE '(Everything was seen|Configured|listening after) [0-9]+ ms' | tr '\n' ',')"
  say "$2: container started -> Ready $(($(date -d "$ready" +%s) - $(date -d "$started" +%s))) s (aim $3 s; load $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores)"
}

first_call() {
  ctl apply -f "$here/node/resources.yaml" >/dev/null
  within 30 "the token's Secret" ctl -n agents get secret load-token
  within 30 "the token Ready" loaded_by machinetoken/load agents 2/2
  say "token minted and loaded by 2/2 after $took s"
  load first load-token 1 1 gpt-4o-mini none
  within 60 "the first call" calling first
  ctl get machinetokens,providercredentials,modelaliases -A | tee "$out/get.txt"
  say "a pod with envFrom called the provider through the Service; RSS idle: proxy $(rss_mib 'io.keyfront.cli.Main serve') MiB, operator $(rss_mib 'io.keyfront.operator.Main') MiB"
}

fenced() { # SECTION NEXT: the commands that docs/install.md has between two headings
  awk -v from="## $1" -v to="## $2" '$0 == from {on = 1} $0 == to {on = 0} /^```/ {code = !code; next} on && code' "$root/docs/install.md"
}

# What README's cluster section says, and docs/install.md from its section 2 on, word for word from there. Of section 2 "install" has
# done the first command; the curl image stands in for the one that the sample names.
newcomer() {
  local packages install
  mapfile -t packages < <(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances curl dash | grep '^[a-z]' | sort -u)
  kube base-image "docker.io/$(sed -n 's/ *image: *//p' "$root"/samples/cluster/first-call/*.yaml)" "$out/curl.tar" "${packages[@]}"
  kube load "$out/curl.tar" >/dev/null && rm "$out/curl.tar"
  kubectl() { ctl "$@"; }
  (cd "$root" && eval "$(sed -n '/^kubectl apply -f samples.cluster.first-call/,/^kubectl get keyfront/p' README.md)") >"$out/newcomer.txt" 2>&1
  grep -q '^data: ' "$out/newcomer.txt" || fail "README's first call was not answered: see $out/newcomer.txt"
  say "README's cluster section, word for word: $(grep -c '^data: ' "$out/newcomer.txt") events of the mock, and a table of $(grep -c keyfront.io/ "$out/newcomer.txt") resources"
  install=$(fenced "2. Install" "3. First call" | grep '^kubectl'; fenced "3. First call" "4. A provider's key"; fenced "4. A provider's key" Values)
  [ "$(grep -c '^kubectl' <<<"$install")" -ge 9 ] || fail "docs/install.md has lost commands: $install"
  (cd "$root" && export ANTHROPIC_API_KEY=sk-ant-fake-e2e-newcomer && set -e && eval "$install") >"$out/install-page.txt" 2>&1 || fail "a command of docs/install.md failed: see $out/install-page.txt"
  within 30 "the token of docs/install.md Ready" is_ready machinetoken/my-agent default
  [ "$(secret_value default my-agent-token ANTHROPIC_BASE_URL)" = http://keyfront.keyfront.svc:8787/anthropic ] || fail "the Secret of docs/install.md names another place"
  say "docs/install.md, sections 2 to 4, word for word: $(grep -c '^kubectl' <<<"$install") commands, the token Ready, its Secret filled"
}

scale_to_three() {
  ctl -n keyfront scale deployment keyfront-proxy --replicas=3 >/dev/null
  # One watch: to ask again and again takes CPU from the pod whose start is measured (docs/benchmarks.md).
  within 60 "three proxies" ctl -n keyfront rollout status deployment keyfront-proxy --timeout=60s
  say "three proxies ready after $took s"
  within 30 "loadedBy 3/3" loaded_by machinetoken/load agents 3/3
  say "loadedBy 3/3 after another $took s"
  pod_start keyfront proxy 2
}

rolling_upgrade() {
  local before calls
  before=$(failures load) calls=$(answered load)
  kube helm upgrade keyfront "$root/charts/keyfront" -n keyfront-system "${values[@]}" --set proxy.replicas=3 --set proxy.podAnnotations.round=two >/dev/null
  within 180 "the rolling upgrade" rolled_out keyfront-proxy keyfront
  within 120 "the old pods' end" nobody_leaves
  expect_no_failure load "$before" "rolling upgrade"
  say "rolling upgrade of three pods under load: no call of $(($(answered load) - calls)) failed"
}

evictions() {
  local before calls pod
  before=$(failures load) calls=$(answered load)
  for pod in $(live_proxies | cut -d' ' -f1); do
    printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"keyfront"}}' "$pod" | ctl create --raw "/api/v1/namespaces/keyfront/pods/$pod/eviction" -f - >/dev/null
    within 60 "a pod in place of the evicted one" proxies_are 3
  done
  within 120 "the evicted pods' end" nobody_leaves
  expect_no_failure load "$before" "evictions"
  say "every proxy evicted, one by one, under load: no call of $(($(answered load) - calls)) failed"
}

force_delete() {
  local before pod failed
  before=$(failures load)
  pod=$(live_proxies | sed -n '1s/ .*//p')
  ctl -n keyfront delete pod "$pod" --grace-period=0 --force >/dev/null 2>&1
  sleep 3
  within 60 "a pod in place of the deleted one" proxies_are 3
  failed=$(($(failures load) - before))
  # Six clients, of which those on that pod may fail once in a call and once in a connect.
  [ "$failed" -le 12 ] || fail "force delete: $failed calls failed"
  [ -z "$(ctl -n agents logs load | grep '^failure' | tail -n "+$((before + 1))" | grep -E ' [45][0-9][0-9] ')" ] || fail "force delete: a call was refused, not cut"
  say "kubectl delete pod --force under load: $failed calls that were on that pod failed, no other"
}

key_is_used() { bill | grep -q '"sk-fake-e2e-second-key"'; }

rotate_key() {
  local before
  before=$(failures load)
  ctl -n agents patch secret openai -p '{"stringData":{"api-key":"sk-fake-e2e-second-key"}}' >/dev/null
  within 10 "the new key" key_is_used
  expect_no_failure load "$before" "key rotation"
  say "provider key rotated: used after $took s $(promised "$took" 2), no call failed"
}

refused_everywhere() { # STATUS TOKEN: on each proxy by itself
  local ip
  for ip in $(live_proxies | cut -d' ' -f2); do
    [ "$(in_net curl -s -o /dev/null -w '%{http_code}' -H "authorization: Bearer $2" "http://$ip:8787/v1/self")" = "$1" ] || return 1
  done
}

says_everywhere() { # TEXT TOKEN: each proxy by itself, when it is asked about the token
  local ip
  for ip in $(live_proxies | cut -d' ' -f2); do
    [[ $(in_net curl -s -H "authorization: Bearer $2" "http://$ip:8787/v1/self") == *"$1"* ]] || return 1
  done
}

mover() { # SCOPES
  printf 'apiVersion: keyfront.io/v1alpha1\nkind: MachineToken\nmetadata: {name: mover, namespace: agents}\nspec: {scopes: [%s], secretName: mover-token}\n' "$1" | ctl apply -f - >/dev/null
}

token_changed() { # one token's change, from kubectl apply to the answers of the proxies
  local token start applying
  mover mock
  within 30 "the token that will be changed" loaded_by machinetoken/mover agents 3/3
  token=$(secret_value agents mover-token KEYFRONT_TOKEN)
  within 10 "the token that will be changed" says_everywhere '"mock' "$token"
  ! says_everywhere '"openai' "$token" || fail "the token has what it is to be given"
  start=$(now)
  mover 'mock, openai'
  applying=$(seconds_since "$start")
  within 10 "the token's change" says_everywhere '"openai' "$token"
  say "a token's scopes changed: said by all three proxies $took s after kubectl apply had ended $(promised "$took" 1), which took $applying s by itself"
}

revoke() {
  local token
  token=$(secret_value agents leaver-token KEYFRONT_TOKEN)
  within 10 "the token that will be revoked" refused_everywhere 200 "$token"
  ctl -n agents patch machinetoken leaver --type merge -p '{"spec":{"revoked":true}}' >/dev/null
  within 10 "the revocation" refused_everywhere 401 "$token"
  say "revoked: refused by all three proxies after $took s $(promised "$took" 1)"
}

goner_is_gone() { [ -z "$(ctl -n agents get machinetoken goner --ignore-not-found -o name)" ]; }
goners_secret_is_gone() { [ -z "$(ctl -n agents get secret goner-token --ignore-not-found -o name)" ]; }

token_deleted() { # its finalizer holds it until every proxy refuses it, and its Secret goes with it
  local token
  printf 'apiVersion: keyfront.io/v1alpha1\nkind: MachineToken\nmetadata: {name: goner, namespace: agents}\nspec: {scopes: [mock], secretName: goner-token}\n' | ctl apply -f - >/dev/null
  within 30 "the token that will be deleted" loaded_by machinetoken/goner agents 3/3
  [ "$(ctl -n agents get machinetoken goner -o 'jsonpath={.metadata.finalizers[0]}')" = keyfront.io/revoke ] || fail "a token has no finalizer"
  token=$(secret_value agents goner-token KEYFRONT_TOKEN)
  printf '%s\n' "$token" >>"$out/secret-values"
  within 10 "the token that will be deleted" refused_everywhere 200 "$token"
  ctl -n agents delete machinetoken goner --wait=false >/dev/null
  within 15 "the end of the deleted token" goner_is_gone
  refused_everywhere 401 "$token" || fail "a token is gone, and a proxy still takes it"
  say "MachineToken deleted: gone after $took s, refused by all three proxies by then"
  within 60 "the Secret to go with its owner" goners_secret_is_gone
  say "its Secret went with it, by its owner reference, after $took s"
}

without_secret() { # account | job NAME AUDIENCE: of samples/cluster/service-account
  ctl -n agents create --dry-run=client -o json -f "$root/samples/cluster/service-account/service-account.yaml" | python3 "$here/node/agent.py" "$@" | ctl -n agents apply -f - >/dev/null
}
told() { ctl -n agents logs "$1" | grep -q "$2"; } # POD TEXT

service_account() {
  local pod token
  without_secret account
  within 30 "the ServiceAccount's token Ready" loaded_by machinetoken/runner agents 3/3
  without_secret job runner keyfront
  without_secret job stranger vault
  within 60 "calls of a pod that holds no secret" calling job/runner 20
  [ "$(failures job/runner)" = 0 ] || fail "of a pod that holds no secret $(failures job/runner) calls failed"
  within 30 "the refusal of a token for another audience" told job/stranger '^failure .* 401 wrong_audience'
  [ "$(answered job/stranger)" = "" ] || fail "a token for another audience was accepted"
  say "a pod with nothing but its ServiceAccount called a model $(answered job/runner) times, reading its token's file for each; one for another audience got 401"
  pod=$(ctl -n agents get pods -l job-name=runner -o 'jsonpath={.items[0].metadata.name}')
  token=$(ctl -n agents create token runner --audience keyfront --bound-object-kind Pod --bound-object-name "$pod")
  printf '%s\n' "$token" >>"$out/secret-values"
  within 10 "a token that is bound to the pod" refused_everywhere 200 "$token"
  ctl -n agents delete pod "$pod" --grace-period=0 --force >/dev/null 2>&1
  within 40 "the refusal of a pod's token that is gone" refused_everywhere 401 "$token"
  # 10 s for which a proxy takes the API server's word, 10 s for which the API server itself remembers, and a moment.
  at_most "$took" 22 "the token of a pod that was deleted is refused"
  say "pod deleted: its token is refused by all three proxies after $took s"
  ctl -n agents delete job runner stranger --wait=false >/dev/null
}

renewed_token() { # --long: a pod that reads its token's file calls on past the end of the token that it began with
  local twin before
  without_secret account
  within 30 "the ServiceAccount's token Ready" loaded_by machinetoken/runner agents 3/3
  without_secret job keeper keyfront
  within 60 "calls of a pod that holds no secret" calling job/keeper 20
  # The API server gives no token for less than ten minutes: this one was given when the pod's was.
  twin=$(ctl -n agents create token runner --audience keyfront --duration 10m)
  printf '%s\n' "$twin" >>"$out/secret-values"
  within 10 "a token of ten minutes" refused_everywhere 200 "$twin"
  say "waiting for the end of a ServiceAccount's token, ten minutes"
  sleep 630
  within 90 "the end of a token of ten minutes" refused_everywhere 401 "$twin"
  before=$(answered job/keeper)
  within 30 "calls after the token's end" calling job/keeper "$before"
  [ "$(failures job/keeper)" = 0 ] || fail "past its first token's end $(failures job/keeper) calls failed"
  say "a pod called $(answered job/keeper) times past the end of its first token, which is refused by now; no call failed"
  ctl -n agents delete job keeper --wait=false >/dev/null
}

signed_token() {
  local token
  printf 'apiVersion: keyfront.io/v1alpha1\nkind: MachineToken\nmetadata: {name: signed, namespace: agents}\nspec: {format: JWT, scopes: [mock], secretName: signed-token, ttl: 1h}\n' | ctl apply -f - >/dev/null
  within 30 "the signed token's Secret" ctl -n agents get secret signed-token
  token=$(secret_value agents signed-token KEYFRONT_TOKEN)
  [ "$(tr -cd . <<<"$token")" = .. ] || fail "what was minted for format JWT is none"
  within 10 "the signed token" refused_everywhere 200 "$token"
  in_net curl -s "http://$(ctl -n keyfront get service keyfront -o jsonpath='{.spec.clusterIP}'):8787/.well-known/jwks.json" |
    python3 -c 'import base64,json,sys; head = sys.argv[1].split(".")[0]; kid = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]; keys = json.load(sys.stdin)["keys"]; sys.exit(kid not in [key["kid"] for key in keys] or any("d" in key for key in keys))' "$token" ||
    fail "/.well-known/jwks.json lacks the key that signed, or holds a private one"
  ctl -n agents delete secret signed-token >/dev/null
  within 10 "the end of a JWT whose Secret was deleted" refused_everywhere 401 "$token"
  say "format JWT: minted, taken by all three proxies, its key published; its Secret deleted: refused by them after $took s"
}

all_ready() { # COUNT of the tokens labelled batch
  [ "$(ctl -n agents get machinetokens -l batch=yes -o jsonpath='{range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' | grep -c True)" = "$1" ]
}

operator_killed() {
  local i
  for i in $(seq 60); do
    printf 'apiVersion: keyfront.io/v1alpha1\nkind: MachineToken\nmetadata: {name: batch-%s, namespace: agents, labels: {batch: "yes"}}\nspec: {scopes: [mock], secretName: batch-%s}\n---\n' "$i" "$i"
  done >"$out/batch.yaml"
  ctl apply -f "$out/batch.yaml" >/dev/null &
  within 30 "the first of sixty tokens" ctl -n agents get secret batch-1
  ctl -n keyfront-system delete pod -l app.kubernetes.io/component=operator --grace-period=0 --force >/dev/null 2>&1
  wait
  within 90 "sixty tokens after the operator was killed" all_ready 60
  say "operator killed while it minted sixty tokens: all Ready $took s later"
  within 60 "the operator in its place" rolled_out keyfront-operator keyfront-system
  pod_start keyfront-system operator 5
}

failures_before() { # LOAD TIME FIRST: of the failures from the FIRST on, those before TIME (RFC 3339, UTC)
  ctl -n agents logs "$1" | awk -v t="$2" -v first="$3" '/^failure/ && ++n > first && $2 < t {count++} END {print count + 0}'
}

api_server_away() {
  local before calls back away
  before=$(failures load) calls=$(answered load)
  kube stop apiserver
  sleep 60
  back=$(date -u +%FT%T)
  kube start apiserver
  within 60 "the API server" ctl get --raw /readyz
  # Killed like this it can leave the controller manager with stale caches for minutes ("informer cache is out of date"), and Services
  # with addresses of pods that are gone. That is not what is tried here.
  kube stop controller-manager
  kube start controller-manager
  within 150 "the proxies' return" proxies_are 3
  away=$(failures_before load "$back" "$before")
  [ "$away" = 0 ] || fail "API server away: $away calls failed"
  # Kubernetes itself: no node could say that it lives, so when the API server is back all of them are unready for a moment,
  # and a Service has no endpoints then.
  say "API server away for a minute: no call failed until it was back (of $(($(answered load) - calls)) by now); $(($(failures load) - before)) connects were refused while Kubernetes held its only node for dead"
}

billed() { # MODEL INPUT OUTPUT: USD that the provider billed, at these USD per million tokens
  bill | python3 -c 'import json,sys; t=json.load(sys.stdin)["byModel"].get(sys.argv[1],{"input":0,"output":0}); print("%.7f" % ((t["input"]*float(sys.argv[2])+t["output"]*float(sys.argv[3]))/1e6))' "$@"
}
spent_at_provider() { billed gpt-4o 2.5 10; }

exhausted() { ctl -n agents logs "$1" | grep -q ' 402 \(budget_exhausted\|call_too_large\)'; }

redis_deleted() {
  load spender small-token 2 100000 gpt-4o none
  # After an outage of the API server it may take Kubernetes a minute to schedule a pod again.
  within 180 "the spender's first answers" calling spender 5
  ctl -n keyfront-system delete pod keyfront-redis-0 --grace-period=0 --force >/dev/null 2>&1
  within 180 "the end of the small budget" exhausted spender
  at_most "$(spent_at_provider)" 0.01 "the provider's bill of a budget of 0.01 USD"
  say "Redis deleted under load: the provider billed $(spent_at_provider) USD of a budget of 0.01 USD"
  ctl -n agents delete pod spender --wait=false >/dev/null
}

spent() { ctl -n agents get machinetoken load -o "jsonpath={.status.budget.usd.$1}"; }
all_is_charged() { [ "$(spent reserved)" = 0 ] && awk -v a="$(spent spent)" -v b="$(billed gpt-4o-mini 0.15 0.6)" 'BEGIN{exit !(a >= b)}'; }

charged_right() { # whatever was killed: what the token says it spent is at least what the provider bills
  ctl -n agents delete pod load --now >/dev/null
  within 150 "the status to hold all that the provider billed" all_is_charged
  say "spent by the token's status: $(spent spent) USD; billed by the provider: $(billed gpt-4o-mini 0.15 0.6) USD, with one proxy killed, all evicted and Redis deleted"
}

redis_is() { [ "$(ctl -n keyfront-system get statefulset keyfront-redis -o 'jsonpath={.status.replicas}/{.status.readyReplicas}')" = "$1" ]; }
redis_is_gone() { ! ctl -n keyfront-system get pod keyfront-redis-0; }
wiped_spent() { ctl -n agents get machinetoken wiped -o 'jsonpath={.status.budget.usd.spent}'; }
wiped_is_charged() { awk -v a="$(wiped_spent)" -v b="$(billed gpt-4.1-mini 0.4 1.6)" 'BEGIN{exit !(b > 0 && a >= b)}'; }

redis_wiped() { # the pod and everything on its volume: what is left of a budget's spend is its mark, with the proxies
  local data=${KEYFRONT_KUBE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/keyfront-kube}/run/volumes/redis before
  # Slow answers, so that the budget is not spent before Redis is wiped.
  load wiper wiped-token 4 100000 gpt-4.1-mini slowDrip=50
  within 60 "the wiper's first answers" calling wiper 3
  ctl -n keyfront-system scale statefulset keyfront-redis --replicas=0 >/dev/null
  ctl -n keyfront-system delete pod keyfront-redis-0 --grace-period=0 --force >/dev/null 2>&1 || true
  within 30 "the end of Redis" redis_is_gone
  before=$(billed gpt-4.1-mini 0.4 1.6)
  # A container that is killed may take a moment to let go of its files.
  [ -n "$(ls -A "$data")" ] || fail "nothing is on the volume of Redis: it proves nothing to wipe it"
  rm -rf "${data:?}"/*
  ctl -n keyfront-system scale statefulset keyfront-redis --replicas=1 >/dev/null
  within 60 "an empty Redis" redis_is 1/1
  within 120 "the end of the wiped budget" exhausted wiper
  ctl -n agents delete pod wiper --now >/dev/null
  at_most "$(billed gpt-4.1-mini 0.4 1.6)" 0.004 "the provider's bill of a budget of 0.004 USD whose Redis was wiped"
  within 60 "the status to hold all that the provider billed" wiped_is_charged
  say "Redis wiped with its volume under load, when $before USD of 0.004 were billed: in the end the provider billed $(billed gpt-4.1-mini 0.4 1.6) USD, and the status says $(wiped_spent) USD spent"
}

helm_test() { # as a person would: a token, a pod, one call of the mock through the Service
  kube helm test keyfront -n keyfront-system --timeout 90s >"$out/helm-test.txt" 2>&1 || { cat "$out/helm-test.txt"; fail "helm test"; }
  say "helm test: the mock answered through the Service"
}

upgrade_and_rollback() {
  local token
  token=$(secret_value agents load-token KEYFRONT_TOKEN)
  kube helm rollback keyfront 1 -n keyfront-system >/dev/null
  within 180 "the rollback" rolled_out keyfront-proxy keyfront
  [ "$token" = "$(secret_value agents load-token KEYFRONT_TOKEN)" ] || fail "the rollback minted another token"
  within 30 "the token after the rollback" refused_everywhere 200 "$token"
  say "helm rollback: the token is the same and works"
}

restarts() { # NAMESPACE COMPONENT: of its containers, summed; pods that a scenario deleted are not there any more
  ctl -n "$1" get pods -l "app.kubernetes.io/component=$2" -o 'jsonpath={range .items[*]}{range .status.containerStatuses[*]}{.restartCount}{"\n"}{end}{end}' | awk '{sum += $1} END {print sum + 0}'
}

nobody_restarted() {
  local proxies operator redis
  proxies=$(restarts keyfront proxy) operator=$(restarts keyfront-system operator) redis=$(restarts keyfront-system redis)
  [ "$proxies" = 0 ] || fail "containers of proxies were restarted $proxies times"
  [ "$redis" = 0 ] || fail "Redis was restarted $redis times"
  # While the API server was away its Lease ran out: it ends by itself then, so that never two of them lead. The one that follows waits, for
  # the API server and until that has read its roles.
  at_most "$operator" 1 "restarts of the operator"
  say "restarts: proxies $proxies, Redis $redis, operator $operator (the Lease ran out while the API server was away)"
}

uninstall() {
  gather
  kube helm uninstall keyfront -n keyfront-system >"$out/uninstall.txt"
  within 120 "the proxies' namespace to go" namespace_gone
  ctl -n keyfront-system get all,secrets,configmaps,pvc,leases,roles,rolebindings,serviceaccounts,networkpolicies -o name | grep -v -e kube-root-ca -e serviceaccount/default >"$out/left.txt" || true
  ctl get clusterroles,clusterrolebindings,crd -o name | grep keyfront >>"$out/left.txt" || true
  ctl -n agents get secret load-token >/dev/null || fail "uninstalling took a minted Secret"
  local unexpected
  unexpected=$(grep -v -e secret/keyfront-redis -e secret/keyfront-signing-keys -e persistentvolumeclaim/data-keyfront-redis-0 -e customresourcedefinition -e lease.coordination.k8s.io/keyfront-operator -e 'pod/.*' "$out/left.txt" || true)
  [ -z "$unexpected" ] || fail "uninstalling left $unexpected"
  say "uninstalled: left are $(tr '\n' ' ' <"$out/left.txt")"
}
namespace_gone() { ! ctl get namespace keyfront; }

gather() (# everything that anybody could read, but Secrets; what cannot be had is left out
  set +e
  trap - ERR
  mkdir -p "$out/seen"
  ctl get pods -A -o 'jsonpath={range .items[*]}{.metadata.namespace} {.metadata.name}{"\n"}{end}' 2>/dev/null | grep -E '^(keyfront|keyfront-system|agents|provider) ' | while read -r namespace pod; do
    ctl -n "$namespace" logs "$pod" --all-containers >"$out/seen/$namespace.$pod.log" 2>&1
    ctl -n "$namespace" logs "$pod" --previous --all-containers >"$out/seen/$namespace.$pod.previous.log" 2>/dev/null
  done
  ctl get pods,events,configmaps,leases,deployments,statefulsets,services -A -o yaml >"$out/seen/objects.yaml" 2>&1
  ctl get machinetokens,providercredentials,modelaliases,keyfrontsettings -A -o yaml >"$out/seen/resources.yaml" 2>&1
  ctl describe pods -A >"$out/seen/describe.txt" 2>&1
  live_proxies 2>/dev/null | while read -r pod namespace; do
    in_net curl -s "http://$namespace:8788/metrics" >"$out/seen/$pod.metrics.txt"
    in_net curl -s "http://$namespace:8788/readyz" >"$out/seen/$pod.readyz.txt"
  done
  ctl -n keyfront-system get pods -l app.kubernetes.io/component=operator -o 'jsonpath={range .items[*]}{.metadata.name} {.status.podIP}{"\n"}{end}' 2>/dev/null | while read -r pod address; do
    in_net curl -s "http://$address:8081/metrics" >"$out/seen/$pod.metrics.txt"
  done
  # While they can still be read: what must not have been seen anywhere.
  ctl get secrets -A -o json 2>/dev/null | python3 "$here/node/secrets.py" >>"$out/secret-values"
  return 0
)

scan_for_secrets() {
  printf 'sk-fake-e2e-first-key\nsk-fake-e2e-second-key\n' >>"$out/secret-values"
  local count
  count=$(sort -u "$out/secret-values" | wc -l)
  [ "$count" -gt 60 ] || fail "the scanner knows too few secrets to find any"
  grep -q keyfront_operator_ "$out"/seen/*.metrics.txt || fail "the operator's metrics were never read"
  sort -u "$out/secret-values" | python3 "$here/node/secrets.py" forms | sort -u >"$out/values" && rm "$out/secret-values"
  # The provider is told its keys; its own log is not ours.
  if grep -rlF -f "$out/values" "$out/seen" "$out"/*.txt >"$out/leaks"; then
    rm "$out/values"
    fail "secrets were seen in: $(tr '\n' ' ' <"$out/leaks")"
  fi
  say "no one of $count secret values, nor their Base64, in $(find "$out/seen" -type f | wc -l) outputs ($(du -sh "$out/seen" | cut -f1))"
  rm "$out/values"
}
