# shellcheck shell=bash
# A host: a network namespace on the backbone, and a mount namespace for its LXD daemon.

ensure_netns() { # NODE
  local node=$1 outer="lab-$1" n
  n=$(node_index "$node")
  if [ ! -e "$(node_netns "$node")" ] || ! ip -n "$node" link show lo >/dev/null 2>&1; then
    say "$node: network namespace, $(node_address "$node")"
    ip netns del "$node" 2>/dev/null || rm -f "$(node_netns "$node")"
    ip link del "$outer" 2>/dev/null || true
    ip netns add "$node"
  fi
  if ! ip -n "$node" link show uplink >/dev/null 2>&1; then
    ip link del "$outer" 2>/dev/null || true
    ip link add name "$outer" type veth peer name uplink netns "$node"
  fi
  echo 1 >"/proc/sys/net/ipv6/conf/$outer/disable_ipv6"
  ip link set "$outer" master "$LAB_BRIDGE" up
  ip -n "$node" link set lo up
  ip -n "$node" link show "$LAB_EXTERN" >/dev/null 2>&1 || ip -n "$node" link add name "$LAB_EXTERN" type bridge
  ip -n "$node" link set "$LAB_EXTERN" address "02:00:5e:64:01:0$n" type bridge stp_state 0 forward_delay 0 mcast_snooping 0
  # No limit on "network unreachable": a container that asks for the outside is to hear it at once.
  ip netns exec "$node" sh -ec '
    echo 0 >"/proc/sys/net/ipv6/conf/$1/accept_ra"
    echo 1 >/proc/sys/net/ipv6/conf/uplink/disable_ipv6
    echo 0 >/proc/sys/net/ipv4/icmp_ratelimit
  ' sh "$LAB_EXTERN"
  ip -n "$node" link set uplink master "$LAB_EXTERN" up
  ip -n "$node" addr replace "$(node_address "$node")/24" dev "$LAB_EXTERN"
  ip -n "$node" link set "$LAB_EXTERN" up
}

drop_netns() { # NODE
  ip link del "lab-$1" 2>/dev/null || true
  ip netns del "$1" 2>/dev/null || rm -f "$(node_netns "$1")"
}

node_mntns() { printf '%s/ns/%s' "$LAB_RUN" "$1"; }

# The mount namespace is kept by a handle, so that a daemon that is killed and started again finds its
# pool and its containers' mounts where they were. It has a /sys of its own network namespace (LXD reads
# /sys/class/net) with the machine's cgroups put back into it, without which no container starts.
ensure_mntns() { # NODE
  local node=$1 handle mark
  handle=$(node_mntns "$node")
  mark=$(stat -Lc %i "$(node_netns "$node")")
  if mountpoint -q "$handle" 2>/dev/null && [ "$(cat "$handle.ready" 2>/dev/null)" = "$mark" ]; then return; fi
  drop_mntns "$node"
  mkdir -p "$LAB_RUN/ns" "$LAB_RUN/cgroup"
  # A handle can only be bound below a private mount.
  if ! mountpoint -q "$LAB_RUN/ns"; then
    mount --bind "$LAB_RUN/ns" "$LAB_RUN/ns"
    mount --make-private "$LAB_RUN/ns"
  fi
  touch "$handle"
  nsenter --net="$(node_netns "$node")" unshare --mount="$handle" --propagation slave sh -euc '
    mount --rbind /sys/fs/cgroup "$1"
    mount -t sysfs sysfs /sys
    mount --rbind "$1" /sys/fs/cgroup
    umount -l "$1"
  ' sh "$LAB_RUN/cgroup"
  echo "$mark" >"$handle.ready"
}

drop_mntns() { # NODE
  local handle
  handle=$(node_mntns "$1")
  rm -f "$handle.ready"
  while mountpoint -q "$handle" 2>/dev/null; do umount -l "$handle"; done
  rm -f "$handle"
}

drop_mntns_dir() {
  while mountpoint -q "$LAB_RUN/ns" 2>/dev/null; do umount -l "$LAB_RUN/ns"; done
}

in_mntns() { # NODE COMMAND...
  local handle
  handle=$(node_mntns "$1")
  shift
  nsenter --mount="$handle" "$@"
}
