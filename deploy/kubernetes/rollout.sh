#!/usr/bin/env bash
# Brings an overlay into the cluster that kubectl points at, in the order that needs no downtime:
# what the bank stands on, the migration to its end, then the new version replica by replica. A new
# version that does not become ready is taken back; tables are not, they only grow.
#
#   rollout.sh OVERLAY     local or production
set -euo pipefail

overlay=$(cd "$(dirname "$0")/overlays/${1:?which overlay: local or production?}" && pwd)
manifests=$(mktemp)
trap 'rm -f "$manifests"' EXIT
kubectl kustomize "$overlay" > "$manifests"
namespace=$(sed -n 's/^  namespace: //p' "$manifests" | sort -u)
component=app.kubernetes.io/component

# Whoever has taken a version back owns what they changed; what is rolled out goes before.
apply() {
  kubectl apply --server-side --force-conflicts --filename "$manifests" --selector "$1"
}

apply "$component notin (server, migration)"

# A Job cannot be changed, so that of the last rollout makes room.
kubectl --namespace "$namespace" delete job bank-migrate --ignore-not-found --wait
apply "$component=migration"
# kubectl waits for one condition alone, so that a Job that has failed is looked for here too.
for ((waited = 0; ; waited += 5)); do
  state=$(kubectl --namespace "$namespace" get job bank-migrate \
    --output 'jsonpath={.status.conditions[?(@.status=="True")].type}')
  case $state in
    *Complete*) break ;;
    *Failed*)
      kubectl --namespace "$namespace" logs --tail 50 job/bank-migrate >&2 || true
      echo 'The migration has failed; the bank runs on as it was.' >&2
      exit 1
      ;;
  esac
  if ((waited > 900)); then
    echo 'The migration does not end; the bank runs on as it was.' >&2
    exit 1
  fi
  sleep 5
done

apply "$component=server"
if ! kubectl --namespace "$namespace" rollout status deployment/bank --timeout 10m; then
  echo 'The new version does not become ready; the one before is brought back.' >&2
  kubectl --namespace "$namespace" rollout undo deployment/bank
  kubectl --namespace "$namespace" rollout status deployment/bank --timeout 10m
  exit 1
fi
