# shellcheck shell=bash
# The commands: each can be repeated, and cut off at any point.

# Commands that change the lab wait for one another; the lock ends with the process.
take_lock() {
  exec 9>"$LAB_LOCK"
  if flock -n 9; then return; fi
  say "another lab command is at work; waiting for it"
  flock -w 900 9 || fail "the other command does not end"
}

lab_up() { # HOSTS
  local n node want=$1 have
  check_ability
  take_lock
  check_owner
  mkdir -p "$LAB_RUN" "$LAB_STATE/nodes" "$LAB_STATE/client"
  chmod 711 "$LAB_STATE" "$LAB_STATE/nodes" "$LAB_RUN"
  ensure_packages
  check_links
  hold_routes
  wall_off
  ensure_image
  ensure_sysctls
  ensure_trust_password
  ensure_backbone
  ensure_radvd
  have=$(lab_nodes | wc -l)
  if [ "$have" -gt "$want" ]; then want=$have; fi
  for ((n = 1; n <= want; n++)); do
    node=node$n
    mkdir -p "$(node_dir "$node")"
    ensure_netns "$node"
    ensure_mntns "$node"
    ensure_storage "$node"
    ensure_daemon "$node"
    ensure_setup "$node"
    ensure_image_on "$node"
  done
  say "the lab is up: $(for node in $(lab_nodes); do printf '%s %s  ' "$node" "$(node_url "$node")"; done)"
}

# Stops everything and keeps the data; the addresses stay unreachable rather than somebody else's.
lab_down() {
  local node
  take_lock
  check_owner
  for node in $(lab_nodes); do
    stop_daemon "$node"
    drop_mntns "$node"
    drop_netns "$node"
    within 10 storage_released "$node" || drop_storage "$node"
  done
  end_leftovers
  drop_radvd
  drop_backbone
  drop_wall
  drop_mntns_dir
  say "the lab is down; its data is kept in $LAB_STATE"
}

# Whatever still carries the lab's mark, and namespaces whose data directory is gone already.
end_leftovers() {
  local pid node
  for pid in $(lab_processes "$LAB_STATE"); do end_process "$pid" TERM 3; done
  for node in $(ip netns list | awk '$1 ~ /^node[1-9]$/ {print $1}'); do
    if [ -e "/sys/class/net/lab-$node" ]; then drop_netns "$node"; fi
  done
  # Of containers that were killed and not stopped; a cgroup with a process in it stays, whosever it is.
  find /sys/fs/cgroup -depth -type d -path '*/lxc.*' -exec rmdir {} + 2>/dev/null || true
}

lab_destroy() { # [--image]
  lab_down
  drop_routes
  restore_sysctls
  release_services
  # Only what the lab made: the directories were named by the caller and may hold more.
  rm -rf --one-file-system "$LAB_STATE"/{nodes,run,client,trust-password,trust-password.part}
  rmdir "$LAB_STATE" 2>/dev/null || true
  if [ "${1:-}" = --image ]; then
    rm -rf --one-file-system "$LAB_CACHE"/image-* "$LAB_CACHE"/build.*
    rmdir "$LAB_CACHE" 2>/dev/null || true
  fi
  say "nothing of the lab is left$(if [ "${1:-}" != --image ]; then printf ' but the image in %s' "$LAB_CACHE"; fi)"
}
