# shellcheck shell=bash
# Names, addresses and places of the lab. Everything else reads them from here.

LAB_STATE=${LXDM_LAB_DIR:-/var/lib/lxdm-lab}   # data of the hosts; kept by `down`
LAB_CACHE=${LXDM_LAB_CACHE:-/var/cache/lxdm-lab} # the built image; kept by `destroy`
LAB_RUN=$LAB_STATE/run                         # pid files, namespace handles, logs
LAB_LOCK=/run/lxdm-lab.lock                    # one lab a machine, one command at a time
LAB_POOL_SIZE=${LXDM_LAB_POOL_SIZE:-20G}       # sparse file behind each host's btrfs pool

LAB_BRIDGE=backbone
LAB_EXTERN=lxdextern
LAB_INTERN=lxdintern
LAB_NFT_TABLE=lxdm_lab

# TEST-NET-2 (RFC 5737) and the documentation prefix (RFC 3849): nobody's real network.
LAB_NET4=198.51.100.0/24
LAB_NET6=2001:db8:100::/64
LAB_GATE4=198.51.100.1/24
LAB_GATE6=2001:db8:100::1/64

LAB_IMAGE_ALIAS=debian/12
LAB_SUITE=bookworm
LAB_MAX_HOSTS=9

node_index() { printf '%s' "${1#node}"; }
node_address() { printf '198.51.100.1%s' "$(node_index "$1")"; }
node_url() { printf 'https://%s:8443' "$(node_address "$1")"; }
node_dir() { printf '%s/nodes/%s' "$LAB_STATE" "$1"; }
node_lxd_dir() { printf '%s/lxd' "$(node_dir "$1")"; }
node_netns() { printf '/run/netns/%s' "$1"; }

# Hosts that this lab has data of, in order.
lab_nodes() {
  local dir
  for dir in "$LAB_STATE"/nodes/node[1-9]; do
    if [ -d "$dir" ]; then basename "$dir"; fi
  done
}

# Stops with a sentence unless $1 names a host of this lab.
require_node() {
  if [[ ! ${1:-} =~ ^node[1-9]$ ]] || [ ! -d "$(node_dir "$1")" ]; then
    fail "'${1:-}' is no host of this lab; there are: $(lab_nodes | tr '\n' ' ')"
  fi
}
