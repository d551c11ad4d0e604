{{/* The pod of one service: the image with the service's name as its argument. */}}
{{- define "shouwen.pod" -}}
{{- $root := .root -}}
{{- $secrets := $root.Values.secrets -}}
metadata:
  labels:
    {{- include "shouwen.labels" . | nindent 4 }}
  annotations:
    # Other settings are other pods.
    checksum/settings: {{ include (print $root.Template.BasePath "/settings.yaml") $root | sha256sum }}
spec:
  automountServiceAccountToken: false
  terminationGracePeriodSeconds: 60
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .how.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .how.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .how.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "shouwen.selector" . | nindent 10 }}
  containers:
    - name: {{ .service }}
      image: {{ printf "%s:%s" $root.Values.image.repository ($root.Values.image.tag | default $root.Chart.AppVersion) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args:
        - {{ .service }}
      envFrom:
        - configMapRef:
            name: {{ $root.Release.Name }}-settings
      {{- if or (eq .service "dispatch") .how.environment }}
      env:
        {{- if eq .service "dispatch" }}
        - name: ADMIN_PASSWORD_FILE
          value: /run/secrets/shouwen/admin-password
        {{- end }}
        {{- range $name, $value := .how.environment }}
        - name: {{ $name }}
          value: {{ $value | quote }}
        {{- end }}
      {{- end }}
      ports:
        - name: http
          containerPort: 3000
      startupProbe:
        httpGet: { path: /health/live, port: http }
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /health/live, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
      readinessProbe:
        httpGet: { path: /health/ready, port: http }
        periodSeconds: 5
        timeoutSeconds: 5
      lifecycle:
        # Until nobody is sent here any more; then it finishes what is in flight.
        preStop:
          sleep:
            seconds: 5
      resources:
        {{- toYaml .how.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        - name: data
          mountPath: /data
        - name: temporary
          mountPath: /tmp
        - name: secrets
          mountPath: /run/secrets/shouwen
          readOnly: true
        {{- if $root.Values.kafka.certificates.configMap }}
        - name: certificates
          mountPath: /run/certificates
          readOnly: true
        {{- end }}
        {{- if $root.Values.standards }}
        - name: standards
          mountPath: /standards
          readOnly: true
        {{- end }}
  volumes:
    {{- if not .how.storage }}
    - name: data
      emptyDir: {}
    {{- end }}
    - name: temporary
      emptyDir: {}
    - name: secrets
      projected:
        # The group that the pod runs as may read, nobody else.
        defaultMode: 0440
        sources:
          {{- include "shouwen.secret" (dict "of" $secrets.masterKey "as" "master-key") | nindent 10 }}
          {{- include "shouwen.secret" (dict "of" $secrets.mongoUrl "as" "mongo-url") | nindent 10 }}
          {{- if eq .service "dispatch" }}
          {{- include "shouwen.secret" (dict "of" $secrets.adminPassword "as" "admin-password") | nindent 10 }}
          {{- end }}
          {{- if $root.Values.kafka.user }}
          {{- include "shouwen.secret" (dict "of" $secrets.kafkaPassword "as" "kafka-password") | nindent 10 }}
          {{- end }}
          {{- if eq $root.Values.files.in "s3" }}
          {{- include "shouwen.secret" (dict "of" $secrets.s3AccessKey "as" "s3-access-key") | nindent 10 }}
          {{- include "shouwen.secret" (dict "of" $secrets.s3SecretKey "as" "s3-secret-key") | nindent 10 }}
          {{- end }}
    {{- with $root.Values.kafka.certificates }}
    {{- if .configMap }}
    - name: certificates
      configMap:
        name: {{ .configMap }}
        items:
          - key: {{ .key }}
            path: ca.crt
    {{- end }}
    {{- end }}
    {{- with $root.Values.standards }}
    - name: standards
      {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}

{{- define "shouwen.secret" -}}
- secret:
    name: {{ required (printf "secrets: the name of the Secret with %s is missing" .as) .of.name }}
    items:
      - key: {{ .of.key }}
        path: {{ .as }}
{{- end }}
