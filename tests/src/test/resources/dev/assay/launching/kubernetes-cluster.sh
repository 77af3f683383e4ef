#!/usr/bin/env bash
# A real Kubernetes on one machine, for tests: etcd, apiserver, controller-manager and scheduler as processes, and two nodes as
# containers that run containerd and kubelet, so that a node can be lost. Debian 12, root, a Docker engine; the binaries are
# looked for in $KUBE_BIN. Nodes see the folder SHARE under /share. Images come from the Docker engine, by `load`.
#   kubernetes-cluster.sh up STATE SHARE | load STATE IMAGE... | kubectl STATE ARGUMENT... | down STATE
# The kubeconfig is STATE/kubeconfig, nodes are the containers assay-kube-1 and -2, the host is 172.31.241.1 to pods.
set -euo pipefail
P=assay-kube; IMG=local/$P-node:1; NODES=2; NET=${KUBE_NET:-172.31.241}; GW=$NET.1; PORT=6444; ETCD=23791
COMMAND=${1:?up, load, kubectl or down}; STATE=${2:?state folder}; BIN=${KUBE_BIN:?folder of kube-apiserver and the others}
install() { DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" >/dev/null; }
mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -vi security | head -n 1; }
node_image() {
  docker image inspect "$IMG" >/dev/null 2>&1 && return
  local w; w=$(mktemp -d); command -v debootstrap >/dev/null || install debootstrap
  debootstrap --variant=minbase --include=ca-certificates bookworm "$w/r" "$(mirror)" >"$STATE/debootstrap.log" 2>&1
  cp /etc/resolv.conf "$w/r/etc/resolv.conf"; printf '#!/bin/sh\nexit 101\n' >"$w/r/usr/sbin/policy-rc.d"; chmod +x "$w/r/usr/sbin/policy-rc.d"
  tar --numeric-owner -C "$w/r" -c . | docker import - "local/$P-base:1" >/dev/null; rm -rf "$w"
  docker run --name "$P-build" "local/$P-base:1" sh -c 'export DEBIAN_FRONTEND=noninteractive; apt-get update && apt-get install -y --no-install-recommends containerd runc containernetworking-plugins iptables kmod mount socat conntrack iproute2 && rm -rf /var/cache/* /var/lib/apt/lists/*' >"$STATE/apt.log" 2>&1
  docker commit "$P-build" "$IMG" >/dev/null; docker rm "$P-build" >/dev/null
}
pause_image() {   # the pod's sandbox is any process that waits; this busybox is static
  docker image inspect local/pause:1 >/dev/null 2>&1 && return
  command -v busybox >/dev/null || install busybox-static
  local w; w=$(mktemp -d); mkdir "$w/bin"; cp -L "$(command -v busybox)" "$w/bin/busybox"
  tar -C "$w" -c . | docker import -c 'ENTRYPOINT ["/bin/busybox","sleep","2147483647"]' - local/pause:1 >/dev/null; rm -rf "$w"
}
k() { timeout 30 "$BIN/kubectl" --kubeconfig "$STATE/kubeconfig" "$@"; }
run() { local n=$1; shift; setsid nohup "$@" >"$STATE/$n.log" 2>&1 </dev/null & echo $! >"$STATE/$n.pid"; }
load() {
  local node loads=()
  docker save "$@" >"$STATE/images.tar"
  for node in $(seq $NODES); do docker exec -i "$P-$node" ctr -n k8s.io images import - <"$STATE/images.tar" >/dev/null & loads+=($!); done
  wait "${loads[@]}"; rm "$STATE/images.tar"
}
up() {
  local share=${1:?folder that nodes share} i token
  mkdir -p "$STATE/certs"; chmod 700 "$STATE"; down >/dev/null 2>&1 || true; node_image; pause_image
  command -v etcd >/dev/null || install etcd-server
  docker network create --label assay=kubernetes-test --subnet "$NET.0/24" --gateway "$GW" "$P" >/dev/null
  token=$(head -c 24 /dev/urandom | base64 | tr -dc a-zA-Z0-9)
  openssl genrsa -out "$STATE/sa.key" 2048 2>/dev/null; echo "$token,admin,1,\"system:masters\"" >"$STATE/tokens.csv"
  cat >"$STATE/kubeconfig" <<K
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://$GW:$PORT", insecure-skip-tls-verify: true}}]
users: [{name: u, user: {token: $token}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
K
  local e=http://127.0.0.1:$ETCD peer=http://127.0.0.1:$((ETCD + 10))
  run etcd etcd --data-dir "$STATE/etcd" --listen-client-urls $e --advertise-client-urls $e --listen-peer-urls $peer --initial-advertise-peer-urls $peer --initial-cluster default=$peer --unsafe-no-fsync
  run apiserver "$BIN/kube-apiserver" --etcd-servers=$e --bind-address="$GW" --secure-port=$PORT --advertise-address="$GW" --cert-dir="$STATE/certs" --service-account-issuer=https://kube.local --service-account-signing-key-file="$STATE/sa.key" --service-account-key-file="$STATE/sa.key" --token-auth-file="$STATE/tokens.csv" --authorization-mode=RBAC --service-cluster-ip-range=10.96.0.0/16 --allow-privileged=true --kubelet-preferred-address-types=InternalIP
  for i in $(seq 200); do k get --raw /readyz >/dev/null 2>&1 && break; sleep 0.2; done
  run cm "$BIN/kube-controller-manager" --kubeconfig="$STATE/kubeconfig" --leader-elect=false --port=0 --secure-port=0 --use-service-account-credentials=false --service-account-private-key-file="$STATE/sa.key" --node-monitor-grace-period=10s --node-monitor-period=2s
  run sched "$BIN/kube-scheduler" --kubeconfig="$STATE/kubeconfig" --leader-elect=false --port=0 --secure-port=0
  cat >"$STATE/containerd.toml" <<C
version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/local/pause:1"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "/etc/cni/net.d"
C
  cat >"$STATE/node.sh" <<'N'
#!/bin/sh
mkdir -p /etc/cni/net.d /var/lib/kubelet; rm -f /run/containerd/containerd.sock
printf '{"cniVersion":"0.4.0","name":"b","type":"bridge","bridge":"cni0","isGateway":true,"ipMasq":true,"ipam":{"type":"host-local","subnet":"10.245.%s.0/24","routes":[{"dst":"0.0.0.0/0"}]}}' "$1" >/etc/cni/net.d/10-b.conf
containerd -c /kube/containerd.toml >/var/log/containerd.log 2>&1 &
for i in $(seq 100); do [ -S /run/containerd/containerd.sock ] && break; sleep 0.1; done
cat >/etc/kubelet.yaml <<C
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
failSwapOn: false
cgroupsPerQOS: false
enforceNodeAllocatable: []
oomScoreAdj: 0
nodeStatusUpdateFrequency: 2s
evictionHard: {memory.available: "100Mi"}
imageGCHighThresholdPercent: 100
resolvConf: /etc/resolv.conf
C
exec /bin-kube/kubelet --kubeconfig=/kube/kubeconfig --config=/etc/kubelet.yaml --container-runtime=remote --container-runtime-endpoint=unix:///run/containerd/containerd.sock --hostname-override="$(hostname)" --node-ip="$2"
N
  chmod +x "$STATE/node.sh"
  for i in $(seq $NODES); do   # --privileged needs more than some virtual machines have
    docker run -d --name "$P-$i" --label assay=kubernetes-test --hostname "$P-$i" --network "$P" --ip "$NET.1$i" --cap-add ALL --cap-drop SYS_RESOURCE --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
      --security-opt systempaths=unconfined --device-cgroup-rule 'a *:* rwm' --device /dev/kmsg -v /sys/fs/cgroup:/sys/fs/cgroup:rw -v /var/lib/containerd -v /var/lib/kubelet -v "$STATE:/kube:ro" -v "$BIN:/bin-kube:ro" -v "$share:/share" "$IMG" /kube/node.sh "$i" "$NET.1$i" >/dev/null
  done
  for i in $(seq 200); do [[ $(k get nodes --no-headers 2>/dev/null | grep -c ' Ready ') == "$NODES" ]] && break; sleep 0.3; done
  load local/pause:1
  [[ $(k get nodes --no-headers | grep -c ' Ready ') == "$NODES" ]] || { k get nodes >&2; docker logs --tail 5 "$P-1" >&2; return 1; }
}
down() {
  local f p
  docker ps -aq --filter label=assay=kubernetes-test | xargs -r docker rm -f -v >/dev/null
  for f in sched cm apiserver etcd; do p=$(cat "$STATE/$f.pid" 2>/dev/null || true); [[ -z $p ]] || kill "$p" 2>/dev/null || true; rm -f "$STATE/$f.pid"; done
  docker network rm "$P" >/dev/null 2>&1 || true
}
case $COMMAND in up) up "${3:-}";; load) shift 2; load "$@";; kubectl) shift 2; k "$@";; down) down;; *) sed -n '2,7p' "$0" >&2; exit 64;; esac
