# shellcheck shell=bash
# What the lab is at this moment, for people and (as JSON) for programs.

# SHA-256 of the server's certificate in DER: what the manager pins.
node_fingerprint() { # NODE
  local file
  file=$(node_lxd_dir "$1")/server.crt
  if [ -s "$file" ]; then sed '/^-----/d' "$file" | base64 -d | sha256sum | cut -d' ' -f1; fi
}

# Counted by asking, and only a daemon that can answer.
node_containers() { # NODE STATE
  local list
  if [ "$2" = up ] && list=$(timeout 10 env LXD_DIR="$(node_lxd_dir "$1")" LXD_CONF="$LAB_STATE/client" lxc list -c n -f csv 2>/dev/null); then
    if [ -z "$list" ]; then echo 0; else wc -l <<<"$list"; fi
  fi
}

lab_is_up() {
  local node
  if [ -z "$(lab_nodes)" ] || [ ! -e "/sys/class/net/$LAB_BRIDGE" ] || [ -z "$(radvd_pid)" ]; then return 1; fi
  for node in $(lab_nodes); do
    if [ "$(daemon_state "$node")" != up ]; then return 1; fi
  done
}

status_text() {
  local node state containers
  if [ -z "$(lab_nodes)" ]; then
    echo "lab: there is none in $LAB_STATE"
    return
  fi
  if lab_is_up; then echo "lab: up"; else echo "lab: not (fully) up"; fi
  for node in $(lab_nodes); do
    state=$(daemon_state "$node")
    containers=$(node_containers "$node" "$state")
    printf '\n%s\n  url          %s\n  LXD          %s\n  containers   %s\n  certificate  %s\n  LXD_DIR      %s\n' \
      "$node" "$(node_url "$node")" "$state$(if [ "$state" != up ]; then daemon_trace "$node"; fi)" "${containers:--}" \
      "$(node_fingerprint "$node")" "$(node_lxd_dir "$node")"
  done
  printf '\ntrust password in %s\nimage %s, networks %s and %s\n' "$(trust_password_file)" "$LAB_IMAGE_ALIAS" "$LAB_NET4" "$LAB_NET6"
}

status_json() {
  local node state containers up=false separator=
  if lab_is_up; then up=true; fi
  printf '{"up":%s,"hosts":[' "$up"
  for node in $(lab_nodes); do
    state=$(daemon_state "$node")
    containers=$(node_containers "$node" "$state")
    printf '%s{"name":"%s","url":"%s","fingerprint":"%s","trustPassword":"%s","trustPasswordFile":"%s","lxdDir":"%s","netns":"%s","running":%s,"state":"%s","containers":%s}' \
      "$separator" "$node" "$(node_url "$node")" "$(node_fingerprint "$node")" "$(cat "$(trust_password_file)" 2>/dev/null)" \
      "$(trust_password_file)" "$(node_lxd_dir "$node")" "$node" \
      "$(if [ "$state" = up ]; then echo true; else echo false; fi)" "$state" "${containers:-null}"
    separator=,
  done
  printf '],"subnets":["%s","%s"],"image":"%s","bridge":{"external":"%s","internal":"%s"},"state":"%s"}\n' \
    "$LAB_NET4" "$LAB_NET6" "$LAB_IMAGE_ALIAS" "$LAB_EXTERN" "$LAB_INTERN" "$LAB_STATE"
}
