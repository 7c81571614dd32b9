{{/* Labels of everything; the argument of "selector" is a component. */}}
{{- define "keyfront.labels" -}}
app.kubernetes.io/name: keyfront
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: keyfront
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "keyfront.selector" -}}
app.kubernetes.io/name: keyfront
app.kubernetes.io/component: {{ . }}
{{- end }}

{{/* (list $ image) -> prefix/repository:tag */}}
{{- define "keyfront.image" -}}
{{- $top := index . 0 }}{{ $image := index . 1 -}}
{{ $top.Values.image.prefix }}/{{ $image.repository }}:{{ $image.tag | default $top.Values.image.tag | default $top.Chart.AppVersion }}
{{- end }}

{{- define "keyfront.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* What every pod of ours is: nobody's root, nothing to write to, no capability. */}}
{{- define "keyfront.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "keyfront.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "keyfront.placement" -}}
{{- with .nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{/* Where the password of our own Redis lies. */}}
{{- define "keyfront.redisSecret" -}}
{{ .Values.redis.existingSecret | default "keyfront-redis" }}
{{- end }}

{{- define "keyfront.scheme" -}}
{{ if .Values.proxy.tls.enabled }}https{{ else }}http{{ end }}
{{- end }}

{{- define "keyfront.serviceUrl" -}}
{{ include "keyfront.scheme" . }}://keyfront.{{ .Values.proxyNamespace.name }}.svc:8787
{{- end }}

{{/* KEYFRONT_LEDGER (or KEYFRONT_OPERATOR_LEDGER) of a container; the argument is (list $ variable). */}}
{{- define "keyfront.ledger" -}}
{{- $top := index . 0 }}{{ $variable := index . 1 }}
{{- if $top.Values.redis.enabled }}
- name: REDIS_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ include "keyfront.redisSecret" $top }}, key: password}}
- name: {{ $variable }}
  value: redis://:$(REDIS_PASSWORD)@keyfront-redis.{{ $top.Release.Namespace }}.svc:6379
{{- else if $top.Values.redis.external.secret }}
- name: {{ $variable }}
  valueFrom: {secretKeyRef: {name: {{ $top.Values.redis.external.secret }}, key: {{ $top.Values.redis.external.key }}}}
{{- end }}
{{- end }}

{{/* Seconds of a span as the proxy writes them: 90s, 10m, 1h. */}}
{{- define "keyfront.seconds" -}}
{{- $number := regexFind "^[0-9]+" . | int -}}
{{- if hasSuffix "h" . }}{{ mul $number 3600 }}{{ else if hasSuffix "m" . }}{{ mul $number 60 }}{{ else }}{{ $number }}{{ end -}}
{{- end }}

{{/* What cannot be said in the schema. */}}
{{- define "keyfront.checks" -}}
{{- if eq .Release.Namespace .Values.proxyNamespace.name -}}
{{- fail (printf "The release and the proxies need a namespace each: install into another one than %q, like keyfront-system (proxyNamespace.name)." .Values.proxyNamespace.name) -}}
{{- end -}}
{{- if and .Values.redis.enabled .Values.redis.external.secret -}}
{{- fail "redis.external.secret names a Redis of yours, and redis.enabled asks for one of ours: set redis.enabled=false." -}}
{{- end -}}
{{- if and .Values.redis.external.ca.configMap (not .Values.redis.external.secret) -}}
{{- fail "redis.external.ca vouches for a Redis of yours: name it in redis.external.secret too." -}}
{{- end -}}
{{- if not (or .Values.redis.enabled .Values.redis.external.secret) -}}
{{- fail "Proxies share budgets through Redis: leave redis.enabled=true, or name a Secret with the URI of yours in redis.external.secret." -}}
{{- end -}}
{{- end }}
