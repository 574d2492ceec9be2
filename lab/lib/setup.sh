# shellcheck shell=bash
# First configuration of a host's LXD, by `lxd init --preseed`.

trust_password_file() { printf '%s/trust-password' "$LAB_STATE"; }

ensure_trust_password() {
  local file
  file=$(trust_password_file)
  if [ -s "$file" ]; then return; fi
  (umask 077 && head -c 18 /dev/urandom | base64 | tr '+/' 'xy' >"$file.part")
  mv "$file.part" "$file"
}

# Pools and networks cannot be given twice, hence only what is not there yet: an interrupted setup goes on.
preseed() { # NODE
  local node=$1 n
  n=$(node_index "$node")
  cat <<YAML
config:
  core.https_address: $(node_address "$node"):8443
  core.trust_password: $(cat "$(trust_password_file)")
  images.auto_update_interval: "0"
YAML
  if ! lxc_on "$node" network show "$LAB_INTERN" >/dev/null 2>&1; then
    cat <<YAML
networks:
- name: $LAB_INTERN
  type: bridge
  config:
    ipv4.address: 10.77.$n.1/24
    ipv4.nat: "true"
    ipv6.address: none
    raw.dnsmasq: no-resolv
YAML
  fi
  if ! lxc_on "$node" storage show default >/dev/null 2>&1; then
    printf 'storage_pools:\n- name: default\n  driver: %s\n' "$(pool_driver "$node")"
    if [ "$(pool_driver "$node")" = btrfs ]; then
      printf '  config:\n    source: %s/pool/lxd\n' "$(node_dir "$node")"
    fi
  fi
  cat <<YAML
profiles:
- name: default
  devices:
    root: { type: disk, path: /, pool: default }
    eth0: { type: nic, network: $LAB_INTERN, name: eth0 }
    eth1: { type: nic, nictype: bridged, parent: $LAB_EXTERN, name: eth1 }
YAML
}

ensure_setup() { # NODE
  local node=$1 done_mark
  done_mark=$(node_dir "$node")/setup.done
  if [ -e "$done_mark" ]; then return; fi
  say "$node: first configuration"
  preseed "$node" | LXD_DIR=$(node_lxd_dir "$node") LXD_CONF=$LAB_STATE/client lxd init --preseed
  touch "$done_mark"
}
